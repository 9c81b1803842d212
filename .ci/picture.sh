#!/bin/sh
# The README's picture, by the product itself: six formats of each sample in four languages. In: the samples. Out: www/picture-*.png; and the figures of
# www/docs/one-sentence.md.
set -eu
cd "$(dirname -- "$0")/.."
formats=ig-feed-portrait,ig-story,fb-link,web-halfpage,iab-mrec,iab-billboard
for sample in alba:main kiosk:cobalt pulse:main; do
  cargo run --quiet --release --features cli -- sheet "www/samples/${sample%:*}" --formats "$formats" --locales en,ar,ja,hi \
    --options "${sample#*:}" --side 150 --columns 12 --bare --out "www/picture-${sample%:*}.png"
done
node www/docs/figures.mjs

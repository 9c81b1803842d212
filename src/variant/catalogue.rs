//! In: the media formats compiled in. Out: [`Format`](super::Format)s by id and by named set.

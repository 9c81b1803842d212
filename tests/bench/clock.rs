//! What the native benches share: the clock, and how figures are told. In: /proc, where there is one. Out: CPU time of this thread, the machine's line,
//! medians with their spread.

/// Time this thread was on a core, ms. Having yielded, it is told to the ns and not to the last tick; where the system does not say, that of the clock.
pub fn cpu() -> f64 {
    std::thread::yield_now();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let ns = told.as_deref().and_then(|t| t.split(' ').next()).and_then(|n| n.parse::<f64>().ok());
    ns.map_or_else(
        || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0.0, |t| t.as_secs_f64() * 1e3),
        |n| n / 1e6,
    )
}

/// The machine and its load, as the system tells of them, and what was built.
pub fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let info = read("/proc/cpuinfo");
    let model = info.lines().find_map(|l| l.strip_prefix("model name")).map_or("?", |l| l.trim_start_matches([' ', '\t', ':']));
    let load = read("/proc/loadavg");
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let load = load.split(' ').next().unwrap_or("?");
    let build = if cfg!(debug_assertions) { "debug build: figures mean nothing" } else { "release build" };
    format!("{cores} x {model}, load {load}; variorum {}, {build}", env!("CARGO_PKG_VERSION"))
}

/// Median and spread: `12.3 [11.9..14.0]`.
pub fn spread(values: &[f64], digits: usize) -> String {
    let mut all = values.to_vec();
    all.sort_by(f64::total_cmp);
    match (all.first(), all.get(all.len() / 2), all.last()) {
        (Some(least), Some(middle), Some(most)) => format!("{middle:.digits$} [{least:.digits$}..{most:.digits$}]"),
        _ => "-".into(),
    }
}

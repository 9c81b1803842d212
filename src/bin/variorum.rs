//! The command `variorum`: the same core as the page, for the terminal and CI.

fn main() {}

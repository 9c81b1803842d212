//! The command `variorum`: the same core as the page, for the terminal and CI. In: arguments, a campaign on disk, fonts. Out: files,
//! lines on standard output, an exit code. What a campaign means and how it looks is all left to the library.

mod args;
mod budget;
mod check;
mod crew;
mod fingerprint;
mod fit;
mod formats;
mod open;
mod render;
mod say;
mod score;
mod sheet;
mod text;

use args::{Args, Command};
use clap::Parser;
use say::Stop;
use std::process::ExitCode;
use variorum::error::{Error, ErrorKind};

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(e) => {
            if e.use_stderr() && std::env::args_os().any(|arg| arg == "--json") {
                let told = e.to_string();
                // What is missing stands on the lines after the first, up to an empty one.
                let said: Vec<&str> = told.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
                let message = said.join(" ");
                let message = message.trim_start_matches("error: ");
                say::wrong(&Error::new(ErrorKind::Value, "arguments", message).hint("variorum --help"));
            }
            e.exit();
        }
    };
    let json = args.command.json();
    let done = match &args.command {
        Command::Formats(args) => formats::run(args),
        Command::Render(args) => render::run(args),
        Command::Check(args) => check::run(args),
        Command::Score(args) => score::run(args),
        Command::FitWeights(args) => fit::run(args),
        Command::Fingerprint(args) => fingerprint::run(args),
        Command::Sheet(args) => sheet::run(args),
        Command::Budget(args) => budget::run(args),
        Command::Text(args) => text::run(args),
    };
    match done {
        Ok(code) => code,
        Err(Stop::Bad(errors)) => {
            say::errors(&errors, json);
            ExitCode::from(2)
        }
        // Whoever read has gone (`| head`): as if ended by SIGPIPE, without a word.
        Err(Stop::Unread) => ExitCode::from(141),
    }
}

//! Parses the arguments, runs the command, gives the exit code; nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    onrecord::cli::main(std::env::args_os())
}

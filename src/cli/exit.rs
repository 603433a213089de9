//! How a command ends.

use std::io;
use std::process::ExitCode;

use thiserror::Error;

/// The exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// 0: done, clean, answered.
    Done,
    /// 1: nothing found, or not clean.
    NotFound,
    /// 2: could not run, or a line was bad.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::NotFound => 1,
            Exit::Failed => 2,
        })
    }
}

/// Why a command could not run.
#[derive(Debug, Error)]
pub(super) enum Fault {
    /// One line for the user: what and where, and what would be right.
    #[error("{0}")]
    User(String),
    /// Standard input cannot be read.
    #[error("cannot read standard input: {0}")]
    Input(io::Error),
    /// The output cannot be written.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
}

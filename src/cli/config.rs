//! `config`: what can be set, whether it is valid, and what is in force. Secrets are never shown.

use std::io::Write;

use super::context::Context;
use super::exit::{Exit, Fault};
use crate::config::{NoToken, Token, reference, shown};

/// Show the configuration: what can be set, what is in force, whether it is valid.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  onrecord config --reference > onrecord.toml\n  onrecord config --check\n\nValues come from onrecord.toml (or --config FILE) and, over it, from variables like \
    ONRECORD__SERVICE__LISTEN.\n\nExit codes: 0 valid, 2 not."
)]
#[group(required = true, multiple = false)]
pub(super) struct Args {
    /// Check the configuration and the token's presence.
    #[arg(long)]
    check: bool,
    /// Print the values in force.
    #[arg(long)]
    show: bool,
    /// Print every key with its default and meaning: a configuration file to start from.
    #[arg(long)]
    reference: bool,
}

impl Args {
    /// Whether a configuration that is not valid is of no interest.
    pub(super) fn is_reference(&self) -> bool {
        self.reference
    }
}

pub(super) fn print_reference(out: &mut dyn Write) -> Result<Exit, Fault> {
    write!(out, "{}", reference())?;
    Ok(Exit::Done)
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> Result<Exit, Fault> {
    let token = match Token::find(&context.env) {
        Ok(_) => "set, not shown".to_owned(),
        Err(NoToken::Missing) => "not set; only `run` needs it".to_owned(),
        Err(other) => return Err(Fault::User(other.to_string())),
    };
    if args.show {
        write!(out, "{}", shown(&context.config))?;
        writeln!(out, "\n# bot token: {token}")?;
    } else {
        writeln!(
            out,
            "the configuration is valid; bot token: {token}; stories and store are looked at by `check` and `run`"
        )?;
    }
    Ok(Exit::Done)
}

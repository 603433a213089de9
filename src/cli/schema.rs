//! `schema`: JSON Schemas for editors. Nothing is read, so that it works whatever is wrong with the files here.

use std::io::Write;

use clap::ValueEnum;

use super::exit::{Exit, Fault};
use crate::config;
use crate::knowledge;

/// Print the JSON Schema of a file, so that an editor completes and checks it.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  onrecord schema story > knowledge/story.schema.json\n  onrecord schema config > onrecord.schema.json\n\n\
    A TOML file says in its first line which schema it follows (taplo, Even Better TOML):\n  #:schema ./story.schema.json"
)]
pub(super) struct Args {
    /// Of which file.
    #[arg(value_enum)]
    of: Of,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Of {
    /// A story file in the knowledge folder.
    Story,
    /// The configuration, onrecord.toml.
    Config,
}

pub(super) fn print(args: &Args, out: &mut dyn Write) -> Result<Exit, Fault> {
    let schema = match args.of {
        Of::Story => knowledge::schema(),
        Of::Config => config::schema(),
    };
    writeln!(out, "{schema:#}")?;
    Ok(Exit::Done)
}

//! The command line.

use std::path::PathBuf;

use clap::Parser;

const EXAMPLES: &str = "\
Examples:
  cargo build --release && cd benches/discord && cargo run --release
  cargo run --release -- --only questions,chatter --seconds 20
  cargo run --release -- --channels 40 --minutes 0 --markdown discord.md

DISCORD_OPENAPI names Discord's description of its API, for the schema check of one request in a hundred.";

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// From the start of the process to the first answer.
    Start,
    /// Questions at a steady rate.
    Questions,
    /// Chatter that is not for the bot, without and with Message Content.
    Chatter,
    /// Resident memory with everything cached, and over a while of mixed load.
    Memory,
}

/// Puts the shipped bot under load, from a sandbox in this process.
///
/// The bot gets one core where `taskset` is there, and the sandbox another. Progress goes to standard error, the table to
/// standard output.
#[derive(Parser)]
#[command(after_help = EXAMPLES)]
pub struct Options {
    /// The bot: built with --release, or with --profile dist as the container image is
    #[arg(long, value_name = "FILE")]
    pub bin: Option<PathBuf>,
    /// Only these parts
    #[arg(long, value_delimiter = ',', value_enum, default_values = ["start", "questions", "chatter", "memory"])]
    pub only: Vec<Part>,
    /// Length of a load
    #[arg(long, default_value_t = 60)]
    pub seconds: u64,
    /// Length of the mixed load
    #[arg(long, default_value_t = 10)]
    pub minutes: u64,
    /// Questions a second
    #[arg(long, default_value_t = 500)]
    pub rate: u64,
    /// Messages of chatter a second
    #[arg(long, default_value_t = 10_000)]
    pub chatter: u64,
    /// Servers
    #[arg(long, default_value_t = 1_000)]
    pub guilds: u64,
    /// Channels of each server
    #[arg(long, default_value_t = 5)]
    pub channels: u64,
    /// Starts of the bot, of which the median counts
    #[arg(long, default_value_t = 9)]
    pub starts: usize,
    /// Write the table here too
    #[arg(long, value_name = "FILE")]
    pub markdown: Option<PathBuf>,
}

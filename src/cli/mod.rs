//! The command line: the only room that prints.
//!
//! Exit codes are a contract: 0 done (for `ask`: answered), 1 not found or not clean, 2 could not run. A user's mistake
//! is one line on standard error; a broken pipe is no error.

mod ask;
mod batch;
mod chat;
mod check;
mod config;
mod context;
mod eval;
mod exit;
mod healthcheck;
mod pin;
mod rank;
mod record;
mod run;
mod style;
mod verify;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use context::Context;
use exit::{Exit, Fault};

/// Answers questions about a story on the record: sourced sentences and verbatim quotes, nothing generated.
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, max_term_width = 100)]
struct Cli {
    /// The folder with the story files [default: knowledge].
    #[arg(long, global = true, value_name = "DIR")]
    knowledge: Option<PathBuf>,
    /// The configuration file [default: onrecord.toml, where it exists].
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Talk with the bot here in the terminal; no account needed.
    Chat(chat::Args),
    /// Ask one question, or many with --batch.
    Ask(ask::Args),
    /// Check all story files.
    Check(check::Args),
    /// Prove quotes and anchors against local copies of the articles.
    Verify(verify::Args),
    /// Judge the answers to gold questions.
    Eval(eval::Args),
    /// Rank the facts of other data: JSON lines from standard input to standard output.
    Rank,
    /// Show the configuration: what can be set, what is in force, whether it is valid.
    Config(config::Args),
    /// Run the Discord bot.
    Run,
    /// Ask the running bot whether it is healthy.
    Healthcheck,
}

/// Parses `arguments`, runs the command and gives the exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(usage) if !usage.use_stderr() => {
            // Help or version; a closed pipe is no error.
            let _ = usage.print();
            return Exit::Done.into();
        }
        Err(usage) => {
            let _ = writeln!(io::stderr(), "onrecord: {}", one_line(&usage.render().to_string()));
            return Exit::Failed.into();
        }
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let done = dispatch(cli, &mut out).and_then(|exit| out.flush().map(|()| exit).map_err(Fault::from));
    match done {
        Ok(exit) => exit.into(),
        Err(Fault::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done.into(),
        Err(fault) => {
            let _ = out.flush();
            let _ = writeln!(io::stderr(), "onrecord: {fault}");
            Exit::Failed.into()
        }
    }
}

/// What clap says over several paragraphs, up to the usage, in one line.
fn one_line(usage: &str) -> String {
    let said = usage.split("\n\nUsage").next().unwrap_or(usage).trim_start_matches("error: ");
    format!("{}; --help shows how", said.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn dispatch(cli: Cli, out: &mut dyn Write) -> Result<Exit, Fault> {
    if let Command::Config(args) = &cli.command
        && args.is_reference()
    {
        return config::print_reference(out);
    }
    let context = Context::new(cli.knowledge, cli.config)?;
    match cli.command {
        Command::Chat(args) => chat::run(&args, &context, out),
        Command::Ask(args) => ask::run(&args, &context, out),
        Command::Check(args) => check::run(&args, &context, out),
        Command::Verify(args) => verify::run(&args, &context, out),
        Command::Eval(args) => eval::run(&args, &context, out),
        Command::Rank => rank::run(out),
        Command::Config(args) => config::run(&args, &context.config, &context.env, out),
        Command::Run => run::run(&context.config, &context.env, out),
        Command::Healthcheck => healthcheck::run(&context.config, out),
    }
}

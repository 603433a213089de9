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
mod gaps;
mod healthcheck;
mod pin;
mod rank;
mod record;
mod run;
mod schema;
mod style;
mod verify;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
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
    #[command(after_help = RANK_HELP)]
    Rank(rank::RankArgs),
    /// Show what people asked and did not get, with the nearest fact there is now.
    Gaps(gaps::Args),
    /// Show the configuration: what can be set, what is in force, whether it is valid.
    Config(config::Args),
    /// Print the JSON Schema of story files or of the configuration, for editors.
    Schema(schema::Args),
    /// Run the Discord bot.
    #[command(after_help = RUN_HELP)]
    Run,
    /// Ask the running bot whether it is healthy.
    #[command(after_help = HEALTH_HELP)]
    Healthcheck,
}

const RANK_HELP: &str = "A line in:  {\"id\",\"title\",\"base\":[{\"id\",\"text\",\"questions\",\"p\"}],\"queries\":[{\"id\",\"q\"}]}\n\
    A line out for each query:  {\"id\",\"ranked\":[[fact id, score], ...10],\"us\"}\n\n\
    A fact may also have what a fact of a story has: support, keywords, terms, names, not_for.\n\n\
    Examples:\n  onrecord rank < task.jsonl > answers.jsonl\n  onrecord rank --signals --most 3 < task.jsonl\n\nExit codes: 0, 2 at the first line that cannot be read.";
const RUN_HELP: &str = "The token comes from the variable DISCORD_TOKEN, or from the file that DISCORD_TOKEN_FILE names \
    [default: /run/secrets/discord_token].\n\nExample:\n  DISCORD_TOKEN_FILE=secrets/discord_token onrecord run\n\n\
    Exit codes: 0 stopped by SIGTERM or SIGINT, 2 could not run; the last line says why.";
const HEALTH_HELP: &str = "Asks /readyz of the listener (service.listen, 127.0.0.1:9464 by default).\n\n\
    Exit codes: 0 healthy, 1 not, 2 the listener is off.";

/// Parses `arguments`, runs the command and gives the exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(usage) if !usage.use_stderr() || usage.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            // Help or version; a closed pipe is no error.
            let _ = usage.print();
            return if usage.use_stderr() { Exit::Failed.into() } else { Exit::Done.into() };
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
    let parts = said.split("\n\n").filter(|part| !part.starts_with("For more information"));
    let parts = parts.map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    format!("{}; --help shows how", parts.collect::<Vec<_>>().join("; "))
}

fn dispatch(cli: Cli, out: &mut dyn Write) -> Result<Exit, Fault> {
    // What needs no configuration works with a faulty one, too.
    let context = || Context::new(cli.knowledge, cli.config);
    match cli.command {
        Command::Chat(args) => chat::run(&args, &context()?, out),
        Command::Ask(args) => ask::run(&args, &context()?, out),
        Command::Check(args) => check::run(&args, &context()?, out),
        Command::Verify(args) => verify::run(&args, &context()?, out),
        Command::Eval(args) => eval::run(&args, &context()?, out),
        Command::Rank(args) => rank::run(&args, out),
        Command::Gaps(args) => gaps::run(&args, &context()?, out),
        Command::Config(args) if args.is_reference() => config::print_reference(out),
        Command::Config(args) => config::run(&args, &context()?, out),
        Command::Schema(args) => schema::print(&args, out),
        Command::Run => {
            let context = context()?;
            run::run(&context.config, &context.env, out)
        }
        Command::Healthcheck => healthcheck::run(&context()?.config, out),
    }
}

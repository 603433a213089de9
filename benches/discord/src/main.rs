//! Puts the shipped bot under load from the sandbox, and measures time, memory and losses.
//!
//! `scenery` is who says what, `bot` the bot's process, `load` a stream of events; each part below is some rows of the table.

mod bot;
mod load;
mod options;
mod scenery;
mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use discord_sandbox::{Clock, Sandbox, World};

use bot::Bot;
use load::{Outcome, Rates};
use options::{Options, Part};
use scenery::Scenery;
use table::Table;

/// Whatever goes wrong ends the run with a line.
type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

/// Beside every load, so that its time is known under it.
const TYPING: u64 = 20;
/// What a big bot hears in an ordinary minute; the mixed load.
const MIXED: Rates = Rates { questions: 100, chatter: 1_000, typing: TYPING };
/// Between two looks at memory.
const LOOK: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench-discord: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Fallible<()> {
    let pins = bot::pins();
    if pins {
        bot::make_room()?;
    } else {
        eprintln!("no taskset or one core only: the bot shares cores with the sandbox");
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let bench = Bench {
        options,
        bin: options.bin.clone().unwrap_or_else(|| root.join("target/release/onrecord")),
        pins,
        world: scenery::world(options.guilds, options.channels),
        questions: scenery::questions(&root.join("tests/gold"))?,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let mut table = Table::default();
    for part in &options.only {
        runtime.block_on(bench.measure(*part, &mut table))?;
    }
    print!("{}", table.markdown());
    if let Some(file) = &options.markdown {
        fs::write(file, table.markdown())?;
    }
    Ok(())
}

struct Bench<'a> {
    options: &'a Options,
    bin: PathBuf,
    pins: bool,
    world: World,
    questions: Vec<String>,
}

/// A bot that has answered once, and what it is connected to.
struct Scene {
    sandbox: Sandbox,
    clock: Clock,
    scenery: Scenery,
    bot: Bot,
    first_answer: Duration,
}

impl Scene {
    async fn load(&mut self, rates: Rates, length: Duration, look: load::Look<'_>) -> Outcome {
        load::run(&self.sandbox, &self.clock, &mut self.scenery, rates, length, look).await
    }

    async fn end(self, what: &str, table: &mut Table) -> Fallible<()> {
        let counts = self.sandbox.counts();
        for trouble in self.sandbox.violations().iter().map(ToString::to_string).take(5) {
            eprintln!("violation: {trouble}");
        }
        for refusal in self.sandbox.refusals().iter().map(ToString::to_string).take(5) {
            eprintln!("refused: {refusal}");
        }
        table
            .none(format!("{what}: rules broken in {} requests", counts.requests), counts.violations + counts.refusals);
        self.bot.end().await
    }
}

impl Bench<'_> {
    async fn scene(&self, content: bool) -> Fallible<Scene> {
        let clock = Clock::new();
        let sandbox = Sandbox::start(self.world.clone(), clock.clone()).await?;
        let mut scenery = Scenery::new(&self.world, self.questions.clone());
        let bot = Bot::start(&self.bin, &sandbox, self.pins, content).await?;
        let (_, person) = scenery.next();
        sandbox.post(scenery.last_channel(), person, &scenery.question());
        sandbox.answered(1).await;
        let first_answer = bot.started.elapsed();
        sandbox.registered().await;
        Ok(Scene { sandbox, clock, scenery, bot, first_answer })
    }

    async fn measure(&self, part: Part, table: &mut Table) -> Fallible<()> {
        eprintln!("{part:?}");
        match part {
            Part::Start => self.start(table).await,
            Part::Questions => self.questions(table).await,
            Part::Chatter => self.chatter(table).await,
            Part::Memory => self.memory(table).await,
        }
    }

    fn length(&self) -> Duration {
        Duration::from_secs(self.options.seconds)
    }

    async fn start(&self, table: &mut Table) -> Fallible<()> {
        let (mut ready, mut answer) = (Vec::new(), Vec::new());
        for _ in 0..self.options.starts.max(1) {
            let scene = self.scene(false).await?;
            ready.push(scene.bot.ready.as_secs_f64() * 1e3);
            answer.push(scene.first_answer.as_secs_f64() * 1e3);
            scene.bot.end().await?;
        }
        let guilds = self.options.guilds;
        table.below("start to ready, median", median(&mut ready), 1_000.0, "ms");
        table.told(
            format!("start to an answer in the last of {guilds} servers"),
            format!("{:.1} ms", median(&mut answer)),
        );
        Ok(())
    }

    async fn questions(&self, table: &mut Table) -> Fallible<()> {
        let mut scene = self.scene(false).await?;
        let process = scene.bot.process()?;
        let rates = Rates { questions: self.options.rate, typing: TYPING, ..Rates::default() };
        let before = process.cpu()?;
        let seen = scene.load(rates, self.length(), &mut |_| {}).await;
        let cpu = (process.cpu()? - before) / seen.took.as_secs_f64();
        let what = format!("{} questions a second", self.options.rate);
        table.told(format!("{what}: answered"), (seen.questions.asked - seen.questions.lost()).to_string());
        table.none(format!("{what}: lost"), seen.questions.lost());
        for percent in [50.0, 95.0] {
            table.told(format!("{what}: p{percent}"), format!("{:.1} ms", seen.questions.percentile(percent)));
        }
        table.below(format!("{what}: p99"), seen.questions.percentile(99.0), 50.0, "ms");
        table.told(format!("{what}: the bot's core"), format!("{:.1} %", cpu * 100.0));
        table.below(format!("{what}: most memory"), process.peak()?, 40.0, "MB");
        typing(&what, &seen, table);
        eprintln!("{}", scene.sandbox.layers());
        scene.end(&what, table).await
    }

    async fn chatter(&self, table: &mut Table) -> Fallible<()> {
        for content in [false, true] {
            let mut scene = self.scene(content).await?;
            let process = scene.bot.process()?;
            let rates = Rates { chatter: self.options.chatter, typing: TYPING, ..Rates::default() };
            let before = process.cpu()?;
            let seen = scene.load(rates, self.length(), &mut |_| {}).await;
            // What still waited is worked off by now: the last letter typed was answered behind it.
            let cpu = (process.cpu()? - before) / seen.took.as_secs_f64();
            let posted = seen.chatter as f64 / seen.took.as_secs_f64();
            let what = format!("chatter {} Message Content", if content { "with" } else { "without" });
            table.told(format!("{what}: messages a second"), format!("{posted:.0}"));
            table.below(format!("{what}: the bot's core"), cpu * 100.0, 50.0, "%");
            table.told(format!("{what}: time of one"), format!("{:.1} µs", cpu * 1e6 / posted));
            table.below(format!("{what}: most memory"), process.peak()?, 40.0, "MB");
            typing(&what, &seen, table);
            scene.end(&what, table).await?;
        }
        Ok(())
    }

    async fn memory(&self, table: &mut Table) -> Fallible<()> {
        let mut scene = self.scene(false).await?;
        let process = scene.bot.process()?;
        let (guilds, channels) = (self.options.guilds, self.options.channels);
        let what = format!("{guilds} servers of {channels} channels");
        table.below(format!("memory with {what}"), process.memory()?, 40.0, "MB");
        // What is bounded by number is full after a minute at the full rate.
        let full = Rates { questions: self.options.rate, ..MIXED };
        scene.load(full, self.length(), &mut |_| {}).await;
        table.below("memory after a load of questions", process.memory()?, 40.0, "MB");
        let length = Duration::from_secs(self.options.minutes * 60);
        if length.is_zero() {
            return scene.end("mixed load", table).await;
        }
        let mut samples = Vec::new();
        let mut look = |passed: Duration| {
            let due = LOOK * samples.len() as u32;
            if passed >= due {
                samples.extend(process.memory().ok().map(|memory| (passed.as_secs_f64() / 60.0, memory)));
            }
        };
        let seen = scene.load(MIXED, length, &mut look).await;
        let (first, last) = (samples.first().map_or(f64::NAN, |s| s.1), samples.last().map_or(f64::NAN, |s| s.1));
        let most = samples.iter().map(|sample| sample.1).fold(0.0, f64::max);
        let what = format!("mixed load of {} min", self.options.minutes);
        table.told(format!("{what}: memory first, last"), format!("{first:.1}, {last:.1} MB"));
        table.below(format!("{what}: most memory"), most, 40.0, "MB");
        table.told(format!("{what}: slope of the second half"), format!("{:.1} kB a minute", slope(&samples) * 1e3));
        table.none(format!("{what}: questions lost of {}", seen.questions.asked), seen.questions.lost());
        typing(&what, &seen, table);
        scene.end(&what, table).await
    }
}

fn typing(what: &str, seen: &Outcome, table: &mut Table) {
    table.below(format!("{what}: autocompletion p99"), seen.typing.percentile(99.0), 50.0, "ms");
    table.none(format!("{what}: autocompletion lost of {}", seen.typing.asked), seen.typing.lost());
}

fn median(figures: &mut [f64]) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// By least squares over the second half.
fn slope(samples: &[(f64, f64)]) -> f64 {
    let half = samples.get(samples.len() / 2..).unwrap_or_default();
    let count = half.len() as f64;
    let (x, y) = half.iter().fold((0.0, 0.0), |(x, y), sample| (x + sample.0 / count, y + sample.1 / count));
    let over: f64 = half.iter().map(|sample| (sample.0 - x) * (sample.1 - y)).sum();
    over / half.iter().map(|sample| (sample.0 - x).powi(2)).sum::<f64>()
}

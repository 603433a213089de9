//! A race of onrecord's matcher against other ways to find a sentence.
//!
//! `options` is the command line, `systems` who runs; `weigh` measures builds and `race` questions, into `results`; `tables`
//! and `plot` show them. Facts and questions are `bench-facts`' own.

mod options;
mod plot;
mod race;
mod results;
mod systems;
mod tables;
mod unusual;
mod weigh;

use std::collections::HashMap;
use std::fs;
use std::process::ExitCode;
use std::time::Duration;

use bench_facts::{Base, Source};
use clap::Parser;

use options::Options;
use race::Runner;
use results::{AtSize, Measured, Results};
use systems::Kind;

/// Whatever goes wrong ends the run with a line.
type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("peers: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Fallible<()> {
    let real = !options.data.is_empty();
    let source = if real { Source::read(&options.data)? } else { Source::invented(options.seed) };
    if let (Some(kind), [size]) = (options.weigh, &options.sizes[..]) {
        let weight = weigh::build(kind, &Base::new(&source, *size, options.seed))?;
        println!("{}", serde_json::to_string(&weight)?);
        return Ok(());
    }
    let mut results = Results { real, seed: options.seed, sizes: Vec::new() };
    let mut last: HashMap<&str, Duration> = HashMap::new();
    for size in &options.sizes {
        let at_size = over(&source, *size, options, &last)?;
        for system in &at_size.systems {
            // Without an index time grows with the base; with one, this errs on the side of leaving out.
            let grown = system.speed.as_ref().map(|speed| Duration::from_secs_f64(speed.p50 / 1e6) / *size as u32);
            let grown = grown.or_else(|| last.get(system.system).copied());
            last.extend(grown.map(|per_fact| (system.system, per_fact)));
        }
        results.sizes.push(at_size);
    }
    write(options, &results)
}

/// Measures all systems over `size` facts; `last` is what each took per fact before.
fn over(source: &Source, size: usize, options: &Options, last: &HashMap<&str, Duration>) -> Fallible<AtSize> {
    let base = Base::new(source, size, options.seed);
    let questions = base.questions.get(..options.queries).unwrap_or(&base.questions);
    if questions.is_empty() {
        return Err(format!("no question is answered by the first {size} facts").into());
    }
    let mut systems = Vec::new();
    let mut runners: Vec<Runner> = Vec::new();
    for kind in options.kinds() {
        eprintln!("{size} facts: building {}", kind.name);
        let expected = last.get(kind.name).copied().unwrap_or_default() * size as u32;
        let mut measured = Measured { system: kind.name, weight: None, speed: None, skipped: too_slow(kind, expected) };
        if measured.skipped.is_none() {
            measured.weight = Some(weigh::in_child(kind, size, options)?);
            runners.push(Runner::new(kind, &base, questions)?);
        }
        systems.push(measured);
    }
    eprintln!("{size} facts: {} questions", questions.len());
    race::run(&mut runners, questions)?;
    let mut at_size =
        AtSize { facts: size, text_bytes: base.bytes(), questions: questions.len(), systems, unusual: None };
    for runner in &mut runners {
        if let Some(measured) = at_size.systems.iter_mut().find(|m| m.system == runner.kind.name) {
            let speed = runner.speed();
            eprintln!("{size} facts: {} {:.1} us", runner.kind.name, speed.p50);
            measured.speed = Some(speed);
        }
        if runner.kind.name == "onrecord" && unusual::SIZES.contains(&size) {
            at_size.unusual = Some(unusual::measure(&mut *runner.system, questions, options.seed)?);
        }
    }
    Ok(at_size)
}

fn too_slow(kind: &Kind, expected: Duration) -> Option<String> {
    let reason = format!("{} would take about {:.1} s a question", kind.label, expected.as_secs_f64());
    (expected > race::TOO_SLOW).then(|| {
        eprintln!("{reason}");
        reason
    })
}

fn write(options: &Options, results: &Results) -> Fallible<()> {
    let markdown = tables::markdown(results);
    println!("{markdown}");
    if let Some(file) = &options.markdown {
        fs::write(file, &markdown)?;
    }
    if let Some(file) = &options.svg {
        fs::write(file, plot::svg(results))?;
    }
    if let Some(file) = &options.json {
        fs::write(file, serde_json::to_string_pretty(results)?)?;
    }
    Ok(())
}

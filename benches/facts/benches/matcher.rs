//! How long the matcher takes to build an index and to rank a question, at 100 to a million facts, clean and typed badly.
//!
//! `cargo bench --manifest-path benches/facts/Cargo.toml -- rank/1000` runs what its name contains; real sentences come from
//! the folder that the variable BENCH_DATA names, else they are invented.

#![allow(missing_docs, reason = "criterion_group writes a function without any")]

use std::hint::black_box;
use std::path::PathBuf;

use bench_facts::{Base as Facts, Fact, Source};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use onrecord::matcher::{Base, Entry, Index, Scope};

const SIZES: &[usize] = &[100, 1_000, 10_000, 100_000, 1_000_000];
const SEED: u64 = 1;
/// As many facts as a reply looks at.
const MOST: usize = 10;
/// From this size on ten samples are enough, and a hundred take an hour.
const SLOW_FROM: usize = 100_000;

fn source() -> Source {
    let folder = std::env::var_os("BENCH_DATA").map(PathBuf::from);
    let read = folder.map(|folder| Source::read(&[folder]));
    match read {
        Some(Ok(source)) => source,
        Some(Err(error)) => {
            eprintln!("BENCH_DATA: {error}; the sentences are invented instead");
            Source::invented(SEED)
        }
        None => Source::invented(SEED),
    }
}

fn base(facts: &[Fact]) -> Base {
    let entry = |fact: &Fact| Entry { text: fact.text.clone(), questions: fact.questions.clone(), ..Entry::default() };
    Base { entries: facts.iter().map(entry).collect(), ..Base::default() }
}

fn build(criterion: &mut Criterion) {
    let source = source();
    let mut group = criterion.benchmark_group("build");
    for &size in SIZES {
        let facts = Facts::new(&source, size, SEED);
        group.sample_size(if size >= SLOW_FROM { 10 } else { 30 });
        group.throughput(Throughput::Bytes(facts.bytes() as u64));
        group.bench_function(BenchmarkId::from_parameter(size), |b| {
            b.iter_batched_ref(|| [base(&facts.facts)], |base| Index::new(black_box(base)), BatchSize::PerIteration);
        });
    }
    group.finish();
}

fn rank(criterion: &mut Criterion) {
    let source = source();
    let mut group = criterion.benchmark_group("rank");
    for &size in SIZES {
        let facts = Facts::new(&source, size, SEED);
        let index = Index::new(&[base(&facts.facts)]);
        let clean: Vec<&str> = facts.questions.iter().map(|q| q.clean.as_str()).collect();
        let typed: Vec<&str> = facts.questions.iter().map(|q| q.typed.as_str()).collect();
        for (kind, questions) in [("clean", clean), ("typed badly", typed)] {
            let mut next = questions.iter().cycle();
            group.bench_function(BenchmarkId::new(kind, size), |b| {
                b.iter(|| index.rank(black_box(next.next().copied().unwrap_or_default()), Scope::All, MOST));
            });
        }
    }
    group.finish();
}

/// Questions that nobody asks in earnest must not cost more than ordinary ones by much.
fn unusual(criterion: &mut Criterion) {
    let facts = Facts::new(&source(), 10_000, SEED);
    let index = Index::new(&[base(&facts.facts)]);
    let long = facts.questions.iter().map(|q| q.clean.as_str()).collect::<Vec<_>>().join(" ");
    let long: String = long.chars().take(2_000).collect();
    let unknown: Vec<String> = (0..500).map(|n| format!("zq{n}xvorblik")).collect();
    let ordinary = facts.questions.first().map(|q| q.clean.clone()).unwrap_or_default();
    let rows = [("ordinary", ordinary), ("2000 characters", long), ("500 unknown words", unknown.join(" "))];
    let mut group = criterion.benchmark_group("unusual");
    for (name, question) in &rows {
        group.bench_function(*name, |b| b.iter(|| index.rank(black_box(question), Scope::All, MOST)));
    }
    group.finish();
}

criterion_group!(benches, build, rank, unusual);
criterion_main!(benches);

//! Build time and memory of one system, in a process of its own: the program calls itself.
//!
//! What is counted is resident memory over that of the loaded facts, so a system's copy of the texts counts as its own.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

use bench_facts::Base;

use crate::Fallible;
use crate::options::Options;
use crate::results::Weight;
use crate::systems::Kind;

/// Has a child build `kind` over `size` facts.
pub fn in_child(kind: &Kind, size: usize, options: &Options) -> Fallible<Weight> {
    let mut child = Command::new(std::env::current_exe()?);
    child.args(["--weigh", kind.name, "--sizes", &size.to_string(), "--seed", &options.seed.to_string()]);
    for folder in &options.data {
        child.arg("--data").arg(folder);
    }
    let output = child.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("building {} over {size} facts: {}", kind.name, output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// The child's part.
pub fn build(kind: &Kind, base: &Base) -> Fallible<Weight> {
    give_back();
    // From here on the kernel's high-water mark is the build's own.
    fs::write("/proc/self/clear_refs", "5")?;
    let before = resident()?;
    let start = Instant::now();
    let system = (kind.build)(&base.facts)?;
    let seconds = start.elapsed().as_secs_f64();
    let peak = highest()?;
    give_back();
    let after = resident()?;
    drop(system);
    // The kernel counts pages in batches, so what is kept may seem to pass the peak by a few.
    Ok(Weight { seconds, kept: after.saturating_sub(before), peak: peak.max(after).saturating_sub(before) })
}

/// Returns freed memory to the kernel, so that neither the loading of facts nor a build's scaffolding is counted.
fn give_back() {
    // SAFETY: malloc_trim has no preconditions; it only releases what is free.
    unsafe { libc::malloc_trim(0) };
}

fn resident() -> Fallible<u64> {
    let statm = fs::read_to_string("/proc/self/statm")?;
    let pages: u64 = statm.split(' ').nth(1).ok_or("statm has no second field")?.parse()?;
    // SAFETY: sysconf reads a constant of the system.
    let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    Ok(pages * u64::try_from(page)?)
}

fn highest() -> Fallible<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).ok_or("status has no VmHWM")?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes * 1024)
}

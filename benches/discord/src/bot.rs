//! The bot in a process of its own, on a core of its own where `taskset` is there, seen through /proc.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use discord_sandbox::{Sandbox, small};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::Fallible;

/// The bot's, and that of everything else here.
const CORES: [&str; 2] = ["0", "1"];
/// Ticks of /proc a second (USER_HZ), on every Linux.
const TICKS: f64 = 100.0;
/// A process that says nothing for so long does not start.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running bot. It is killed when it is dropped.
pub struct Bot {
    child: Child,
    /// Holds its store.
    _folder: TempDir,
    /// From the start of the process to "connected".
    pub ready: Duration,
    /// When it was started.
    pub started: Instant,
}

/// Whether processes can be kept on a core.
pub fn pins() -> bool {
    std::process::Command::new("taskset").arg("--version").output().is_ok() && cores() > 1
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Leaves the bot's core to the bot. For the start, before there are threads.
pub fn make_room() -> Fallible<()> {
    let own = std::process::id().to_string();
    let done = std::process::Command::new("taskset").args(["-acp", CORES[1], &own]).output()?;
    if done.status.success() { Ok(()) } else { Err("taskset cannot pin this process".into()) }
}

impl Bot {
    /// Starts the binary and waits until it says that it is connected.
    pub async fn start(bin: &Path, sandbox: &Sandbox, pins: bool, content: bool) -> Fallible<Self> {
        let folder = tempfile::tempdir()?;
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut command = if pins { Command::new("taskset") } else { Command::new(bin) };
        if pins {
            command.args(["-c", CORES[0]]).arg(bin);
        }
        command.arg("run").current_dir(root).kill_on_drop(true).env_remove("ONRECORD__LOG__LEVEL");
        command.env("DISCORD_TOKEN", small::TOKEN).env("ONRECORD__DISCORD__API_BASE", sandbox.api_base());
        command.env("ONRECORD__SERVICE__LISTEN", "off").env("ONRECORD__STORE__FILE", folder.path().join("store.db"));
        command.env("ONRECORD__DISCORD__MESSAGE_CONTENT", content.to_string());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let started = Instant::now();
        let mut child = command.spawn().map_err(|e| format!("{}: {e}", bin.display()))?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("no standard output")?).lines();
        let connected = async {
            while let Some(line) = lines.next_line().await? {
                if line.contains("invite the bot") {
                    return Ok(());
                }
            }
            Err::<(), Box<dyn std::error::Error>>("the bot ended before it was connected".into())
        };
        timeout(PATIENCE, connected).await.map_err(|_| "the bot does not connect")??;
        Ok(Self { child, _folder: folder, ready: started.elapsed(), started })
    }

    /// Ends it.
    pub async fn end(mut self) -> Fallible<()> {
        Ok(self.child.kill().await?)
    }

    /// A look at it from beside.
    pub fn process(&self) -> Fallible<Process> {
        Ok(Process(self.child.id().ok_or("the bot has ended")?))
    }
}

/// What /proc says of a process.
#[derive(Clone, Copy, Debug)]
pub struct Process(u32);

impl Process {
    /// Seconds of CPU time so far.
    pub fn cpu(self) -> Fallible<f64> {
        let stat = self.read("stat")?;
        // The name in brackets may hold blanks; utime and stime are fields 14 and 15.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
        Ok((ticks(11) + ticks(12)) / TICKS)
    }

    /// Resident memory in megabytes of 1,000,000 bytes.
    pub fn memory(self) -> Fallible<f64> {
        self.megabytes("VmRSS:")
    }

    /// The most it ever had.
    pub fn peak(self) -> Fallible<f64> {
        self.megabytes("VmHWM:")
    }

    fn megabytes(self, of: &str) -> Fallible<f64> {
        let status = self.read("status")?;
        let line = status.lines().find_map(|line| line.strip_prefix(of)).ok_or_else(|| format!("no {of} in /proc"))?;
        let kilobytes: f64 = line.split_whitespace().next().unwrap_or_default().parse()?;
        Ok(kilobytes * 1024.0 / 1e6)
    }

    fn read(self, file: &str) -> Fallible<String> {
        Ok(fs::read_to_string(format!("/proc/{}/{file}", self.0))?)
    }
}

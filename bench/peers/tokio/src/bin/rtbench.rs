//! Runtime micro-benchmarks on real Tokio, measured with a plain timing loop.
//!
//! The workloads follow Tokio's own `benches/` directory; those marked "extra"
//! in the list below have no counterpart there. See README.md.

use std::future::Future;
use std::hint::black_box;
use std::io::Write as _;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::*};
use std::sync::{mpsc as std_mpsc, Arc, Barrier};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tokio::io::AsyncReadExt as _;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{broadcast, mpsc, oneshot, watch, Mutex, Notify, RwLock, Semaphore};
use tokio::task::{yield_now, JoinSet};
use tokio::time::{sleep, timeout};

// ---------------------------------------------------------------- settings --

#[derive(Clone)]
struct Config {
    /// Worker threads of every multi-thread runtime; 0 = what the Tokio bench
    /// in question uses.
    workers: usize,
    warmup: Duration,
    samples: usize,
    sample: Duration,
    filters: Vec<String>,
    exact: bool,
    list: bool,
    json: bool,
    json_out: Option<String>,
    /// Seconds to wait, per workload, for other processes to be idle; a
    /// measurement they disturbed is repeated within that time.
    quiet_wait: u64,
}

impl Config {
    fn workers(&self, tokio_choice: usize) -> usize {
        if self.workers == 0 {
            tokio_choice
        } else {
            self.workers
        }
    }

    /// Multi-thread runtime with all drivers, as in rt_multi_threaded.rs.
    fn mt_all(&self, tokio_choice: usize) -> Runtime {
        Builder::new_multi_thread()
            .worker_threads(self.workers(tokio_choice))
            .enable_all()
            .build()
            .unwrap()
    }

    /// Multi-thread runtime without I/O and time drivers, as in the sync
    /// benches: idle workers park on a condition variable.
    fn mt_bare(&self, tokio_choice: usize) -> Runtime {
        Builder::new_multi_thread()
            .worker_threads(self.workers(tokio_choice))
            .build()
            .unwrap()
    }
}

fn ct_bare() -> Runtime {
    Builder::new_current_thread().build().unwrap()
}

fn ct_all() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

const USAGE: &str = "\
usage: rtbench [options] [FILTER...]
  FILTER            run the workloads whose name contains one of these
  --workers N       worker threads of the multi-thread runtimes (default 2;
                    0 = the number Tokio's own bench uses: 1, 4, 6 or 8)
  --samples N       samples per workload             (default 15)
  --sample-ms N     length of one sample             (default 200)
  --warmup-ms N     warm-up per workload             (default 1000)
  --quick           = --samples 5 --sample-ms 50 --warmup-ms 200
  --exact           FILTER must equal the name
  --json            JSON lines on stdout instead of TSV
  --json-out FILE   TSV on stdout and JSON lines in FILE
  --quiet-wait S    wait up to S s per workload for other processes to be idle,
                    and repeat measurements they disturbed (default 0: no)
  --list            names only
";

fn parse_args() -> Config {
    let mut c = Config {
        workers: 2,
        warmup: Duration::from_millis(1000),
        samples: 15,
        sample: Duration::from_millis(200),
        filters: vec![],
        exact: false,
        list: false,
        json: false,
        json_out: None,
        quiet_wait: 0,
    };
    let mut args = std::env::args().skip(1);
    fn num(a: Option<String>) -> u64 {
        a.and_then(|s| s.parse().ok()).unwrap_or_else(|| {
            eprint!("{USAGE}");
            std::process::exit(2)
        })
    }
    while let Some(a) = args.next() {
        match a.as_str() {
            "--workers" => c.workers = num(args.next()) as usize,
            "--samples" => c.samples = num(args.next()).max(1) as usize,
            "--sample-ms" => c.sample = Duration::from_millis(num(args.next())),
            "--warmup-ms" => c.warmup = Duration::from_millis(num(args.next())),
            "--quick" => {
                c.samples = 5;
                c.sample = Duration::from_millis(50);
                c.warmup = Duration::from_millis(200);
            }
            "--exact" => c.exact = true,
            "--json" => c.json = true,
            "--json-out" => c.json_out = args.next(),
            "--quiet-wait" => c.quiet_wait = num(args.next()),
            "--list" => c.list = true,
            s if s.starts_with('-') => {
                eprint!("{USAGE}");
                std::process::exit(2)
            }
            _ => c.filters.push(a),
        }
    }
    c
}

// ------------------------------------------------------------------ driver --

struct Bench {
    cfg: Config,
    json_file: Option<std::fs::File>,
}

fn process_cpu() -> Duration {
    let mut ts = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut ts) };
    Duration::new(ts.tv_sec as u64, ts.tv_nsec as u32)
}

/// CPU time of all other processes so far, children they have waited for
/// included (so that processes that come and go are not lost).
fn others_cpu(except: &[u32]) -> f64 {
    let hz = unsafe { libc::sysconf(libc::_SC_CLK_TCK) } as f64;
    let mut ticks = 0u64;
    for e in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let name = e.file_name();
        let Some(pid) = name.to_str().and_then(|s| s.parse::<u32>().ok()) else { continue };
        if except.contains(&pid) {
            continue;
        }
        let s = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let rest = s.rsplit(')').next().unwrap_or("");
        ticks += rest.split_whitespace().skip(11).take(4).filter_map(|x| x.parse::<u64>().ok()).sum::<u64>();
    }
    ticks as f64 / hz
}

/// ns per step of a fixed chain of dependent integer operations: how fast the
/// machine was just then. Compare it between workloads and between runs.
fn calibrate() -> f64 {
    const STEPS: u64 = 200_000;
    let mut ns: Vec<f64> = (0..9)
        .map(|i| {
            let mut x = black_box(88172645463325252u64 + i);
            let t = Instant::now();
            for _ in 0..STEPS {
                x ^= x << 13;
                x ^= x >> 7;
                x ^= x << 17;
            }
            black_box(x);
            t.elapsed().as_nanos() as f64 / STEPS as f64
        })
        .collect();
    ns.sort_by(|a, b| a.total_cmp(b));
    ns[ns.len() / 2]
}

impl Bench {
    fn wanted(&self, name: &str) -> bool {
        let f = &self.cfg.filters;
        let hit = f.is_empty()
            || f.iter().any(|f| if self.cfg.exact { name == f } else { name.contains(f.as_str()) });
        if hit && self.cfg.list {
            println!("{name}");
        }
        hit && !self.cfg.list
    }

    fn emit(&mut self, tsv: &str, json: &str) {
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{}", if self.cfg.json { json } else { tsv });
        let _ = out.flush();
        if let Some(f) = &mut self.json_file {
            let _ = writeln!(f, "{json}");
        }
    }

    /// `setup` builds whatever the workload needs and returns a closure that
    /// performs one iteration; `ops` is the number of basic operations in it.
    fn iter<F, W>(&mut self, name: &str, ops: u64, op: &str, setup: F)
    where
        F: FnOnce(&Config) -> W,
        W: FnMut(),
    {
        self.iter_custom(name, ops, op, |cfg| {
            let mut w = setup(cfg);
            move |n: u64| {
                let t = Instant::now();
                for _ in 0..n {
                    w();
                }
                t.elapsed()
            }
        })
    }

    /// As `iter`, but the closure is given the number of iterations and says
    /// how long they took.
    fn iter_custom<F, W>(&mut self, name: &str, ops: u64, op: &str, setup: F)
    where
        F: FnOnce(&Config) -> W,
        W: FnMut(u64) -> Duration,
    {
        if !self.wanted(name) {
            return;
        }
        let cfg = self.cfg.clone();
        let mut run = setup(&cfg);

        // Warm up by wall time, doubling the batch; the last batches also give
        // the estimate of the iteration time.
        let begin = Instant::now();
        let mut batch = 1u64;
        let (mut est_iters, mut est_time);
        loop {
            let t = Instant::now();
            run(batch);
            (est_iters, est_time) = (batch, t.elapsed());
            if begin.elapsed() >= cfg.warmup {
                break;
            }
            if est_time < cfg.sample / 2 {
                batch *= 2;
            }
        }
        let per_iter = est_time.as_secs_f64() / est_iters as f64;
        let iters = ((cfg.sample.as_secs_f64() / per_iter) as u64).max(1);

        let me = [std::process::id()];
        let give_up = Instant::now() + Duration::from_secs(cfg.quiet_wait);
        let mut ns: Vec<f64> = Vec::with_capacity(cfg.samples);
        let (mut cpu, mut foreign);
        loop {
            ns.clear();
            let others0 = others_cpu(&me);
            let (cpu0, wall0) = (process_cpu(), Instant::now());
            for _ in 0..cfg.samples {
                ns.push(run(iters).as_nanos() as f64 / iters as f64);
            }
            let (own, wall) = (process_cpu() - cpu0, wall0.elapsed().as_secs_f64());
            cpu = own.as_nanos() as f64 / (iters * cfg.samples as u64) as f64;
            // CPUs that other processes were using meanwhile.
            foreign = (others_cpu(&me) - others0).max(0.0) / wall;
            if foreign <= 0.05 || Instant::now() >= give_up {
                break;
            }
            loop {
                let (c, t) = (others_cpu(&me), Instant::now());
                std::thread::sleep(Duration::from_millis(500));
                let used = (others_cpu(&me) - c) / t.elapsed().as_secs_f64();
                if used <= 0.05 || Instant::now() >= give_up {
                    break;
                }
            }
        }
        drop(run);
        let calib = calibrate();
        ns.sort_by(|a, b| a.total_cmp(b));
        let (min, max) = (ns[0], ns[ns.len() - 1]);
        let med = if ns.len() % 2 == 1 {
            ns[ns.len() / 2]
        } else {
            (ns[ns.len() / 2 - 1] + ns[ns.len() / 2]) / 2.0
        };
        let per_op = med / ops as f64;
        self.emit(
            &format!(
                "{name}\t{med:.1}\t{min:.1}\t{max:.1}\t{per_op:.2}\t{op}\t{ops}\t{:.2}\t{foreign:.2}\t{calib:.3}\t{iters}\t{}",
                cpu / ops as f64,
                cfg.samples
            ),
            &format!(
                "{{\"name\":\"{name}\",\"median_ns\":{med:.1},\"min_ns\":{min:.1},\"max_ns\":{max:.1},\
                 \"ns_per_op\":{per_op:.3},\"op\":\"{op}\",\"ops_per_iter\":{ops},\
                 \"cpu_ns_per_op\":{:.3},\"foreign_cpus\":{foreign:.3},\"calib_ns\":{calib:.3},\"iters_per_sample\":{iters},\"samples\":{},\"workers\":{}}}",
                cpu / ops as f64,
                cfg.samples,
                cfg.workers
            ),
        );
    }
}

// --------------------------------------------------------------- scheduler --

const MANY: usize = 10_000;
const STALL: Duration = Duration::from_micros(10);

fn stall() {
    let t = Instant::now();
    while t.elapsed() < STALL {
        std::thread::yield_now();
    }
}

fn multi_thread(b: &mut Bench) {
    // Spawned from the thread in block_on, which is not a worker: despite the
    // name (Tokio's), every task goes through the injection queue.
    b.iter("mt_spawn_many_local", MANY as u64, "task", |c| {
        let rt = c.mt_all(4);
        let (tx, rx) = std_mpsc::sync_channel::<()>(1000);
        let left = Arc::new(AtomicUsize::new(0));
        move || {
            left.store(MANY, Relaxed);
            rt.block_on(async {
                for _ in 0..MANY {
                    let (tx, left) = (tx.clone(), left.clone());
                    tokio::spawn(async move {
                        if left.fetch_sub(1, Relaxed) == 1 {
                            tx.send(()).unwrap();
                        }
                    });
                }
                rx.recv().unwrap();
            });
        }
    });

    // Extra: really local, spawned and awaited by a task on a worker.
    b.iter("mt_spawn_many_worker", MANY as u64, "task", |c| {
        let rt = c.mt_all(4);
        move || {
            rt.block_on(async {
                tokio::spawn(async {
                    let mut handles = Vec::with_capacity(MANY);
                    for _ in 0..MANY {
                        handles.push(tokio::spawn(async {}));
                    }
                    for h in handles {
                        h.await.unwrap();
                    }
                })
                .await
                .unwrap();
            });
        }
    });

    fn remote(rt: &Runtime, handles: &mut Vec<tokio::task::JoinHandle<()>>, n: usize) {
        for _ in 0..n {
            handles.push(rt.spawn(async {}));
        }
        rt.block_on(async {
            for h in handles.drain(..) {
                h.await.unwrap();
            }
        });
    }

    b.iter("mt_spawn_many_remote_idle", MANY as u64, "task", |c| {
        let rt = c.mt_all(4);
        let mut handles = Vec::with_capacity(MANY);
        move || remote(&rt, &mut handles, MANY)
    });

    struct StopOnDrop(Arc<AtomicBool>);
    impl Drop for StopOnDrop {
        fn drop(&mut self) {
            self.0.store(false, Relaxed);
        }
    }

    b.iter("mt_spawn_many_remote_busy1", MANY as u64, "task", |c| {
        let rt = c.mt_all(4);
        let go = Arc::new(AtomicBool::new(true));
        for _ in 0..2 * c.workers(4) {
            let go = go.clone();
            rt.spawn(async move {
                while go.load(Relaxed) {
                    yield_now().await;
                    stall();
                }
            });
        }
        let stop = StopOnDrop(go);
        let mut handles = Vec::with_capacity(MANY);
        move || {
            let _stop = &stop;
            remote(&rt, &mut handles, MANY)
        }
    });

    b.iter("mt_spawn_many_remote_busy2", 1000, "task", |c| {
        fn again(go: Arc<AtomicBool>) {
            tokio::spawn(async move {
                if go.load(Relaxed) {
                    stall();
                    again(go);
                }
            });
        }
        let rt = c.mt_all(4);
        let go = Arc::new(AtomicBool::new(true));
        for _ in 0..c.workers(4) {
            let go = go.clone();
            rt.spawn(async move { again(go) });
        }
        let stop = StopOnDrop(go);
        let mut handles = Vec::with_capacity(1000);
        move || {
            let _stop = &stop;
            remote(&rt, &mut handles, 1000)
        }
    });

    b.iter("mt_yield_many", 200 * 1000, "yield", |c| {
        const TASKS: usize = 200;
        let rt = c.mt_all(4);
        let (tx, rx) = std_mpsc::sync_channel::<()>(TASKS);
        move || {
            for _ in 0..TASKS {
                let tx = tx.clone();
                rt.spawn(async move {
                    for _ in 0..1000 {
                        yield_now().await;
                    }
                    tx.send(()).unwrap();
                });
            }
            for _ in 0..TASKS {
                rx.recv().unwrap();
            }
        }
    });

    b.iter("mt_ping_pong", 1000, "pair", |c| {
        const N: usize = 1000;
        let rt = c.mt_all(4);
        let (tx, rx) = std_mpsc::sync_channel::<()>(1000);
        let left = Arc::new(AtomicUsize::new(0));
        move || {
            left.store(N, Relaxed);
            let (tx, left) = (tx.clone(), left.clone());
            rt.block_on(async {
                tokio::spawn(async move {
                    for _ in 0..N {
                        let (tx, left) = (tx.clone(), left.clone());
                        tokio::spawn(async move {
                            let (tx1, rx1) = oneshot::channel();
                            let (tx2, rx2) = oneshot::channel();
                            tokio::spawn(async move {
                                rx1.await.unwrap();
                                tx2.send(()).unwrap();
                            });
                            tx1.send(()).unwrap();
                            rx2.await.unwrap();
                            if left.fetch_sub(1, Relaxed) == 1 {
                                tx.send(()).unwrap();
                            }
                        });
                    }
                });
                rx.recv().unwrap();
            });
        }
    });

    b.iter("mt_chained_spawn", 1000, "task", |c| {
        fn chain(tx: std_mpsc::SyncSender<()>, n: usize) {
            if n == 0 {
                tx.send(()).unwrap();
            } else {
                tokio::spawn(async move { chain(tx, n - 1) });
            }
        }
        let rt = c.mt_all(4);
        let (tx, rx) = std_mpsc::sync_channel::<()>(1000);
        move || {
            let tx = tx.clone();
            rt.block_on(async {
                tokio::spawn(async move { chain(tx, 1000) });
                rx.recv().unwrap();
            });
        }
    });

    for threads in [1usize, 2] {
        let name = format!("mt_remote_spawn_threads{threads}");
        const TOTAL: usize = 12_800;
        b.iter_custom(&name, TOTAL as u64, "push", |c| {
            let rt = c.mt_bare(std::thread::available_parallelism().map_or(1, |n| n.get()));
            let barrier = Barrier::new(threads);
            // As in Tokio's bench, only the pushing (with starting and joining
            // the threads) is timed, not the awaiting.
            move |n| {
                let mut total = Duration::ZERO;
                for _ in 0..n {
                    let t = Instant::now();
                    let all: Vec<_> = std::thread::scope(|s| {
                        let js: Vec<_> = (0..threads)
                            .map(|_| {
                                s.spawn(|| {
                                    let mut hs = Vec::with_capacity(TOTAL / threads);
                                    barrier.wait();
                                    for _ in 0..TOTAL / threads {
                                        hs.push(rt.spawn(async {}));
                                    }
                                    hs
                                })
                            })
                            .collect();
                        js.into_iter().flat_map(|j| j.join().unwrap()).collect()
                    });
                    total += t.elapsed();
                    rt.block_on(async {
                        for h in all {
                            h.await.unwrap();
                        }
                    });
                }
                total
            }
        });
    }
}

fn current_thread(b: &mut Bench) {
    const N: usize = 1000;

    b.iter("ct_spawn_many_local", N as u64, "task", |_| {
        let rt = ct_bare();
        let mut handles = Vec::with_capacity(N);
        move || {
            rt.block_on(async {
                for _ in 0..N {
                    handles.push(tokio::spawn(async {}));
                }
                for h in handles.drain(..) {
                    h.await.unwrap();
                }
            });
        }
    });

    fn remote(rt: &Runtime, handles: &mut Vec<tokio::task::JoinHandle<()>>) {
        let handle = rt.handle();
        for _ in 0..N {
            handles.push(handle.spawn(async {}));
        }
        rt.block_on(async {
            for h in handles.drain(..) {
                h.await.unwrap();
            }
        });
    }

    b.iter("ct_spawn_many_remote_idle", N as u64, "task", |_| {
        let rt = ct_bare();
        let mut handles = Vec::with_capacity(N);
        move || remote(&rt, &mut handles)
    });

    b.iter("ct_spawn_many_remote_busy", N as u64, "task", |_| {
        fn again() {
            tokio::spawn(async { again() });
        }
        let rt = ct_bare();
        rt.spawn(async { again() });
        let mut handles = Vec::with_capacity(N);
        move || remote(&rt, &mut handles)
    });

    // Extra: the current-thread counterpart of mt_yield_many.
    b.iter("ct_yield_many", 200 * 1000, "yield", |_| {
        let rt = ct_bare();
        let mut handles = Vec::with_capacity(200);
        move || {
            rt.block_on(async {
                for _ in 0..200 {
                    handles.push(tokio::spawn(async {
                        for _ in 0..1000 {
                            yield_now().await;
                        }
                    }));
                }
                for h in handles.drain(..) {
                    h.await.unwrap();
                }
            });
        }
    });
}

async fn small_work() -> usize {
    let v = 1 + 1;
    yield_now().await;
    black_box(v)
}

fn spawn_await(b: &mut Bench) {
    for mt in [false, true] {
        for n in [1usize, 10] {
            let name = format!("{}_spawn_await_{n}", if mt { "mt" } else { "ct" });
            b.iter(&name, n as u64, "task", |c| {
                let rt = if mt { c.mt_bare(1) } else { ct_bare() };
                move || {
                    rt.block_on(async {
                        if n == 1 {
                            assert_eq!(tokio::spawn(small_work()).await.unwrap(), 2);
                        } else {
                            let mut hs = Vec::with_capacity(n);
                            for _ in 0..n {
                                hs.push(tokio::spawn(small_work()));
                            }
                            for h in hs {
                                assert_eq!(h.await.unwrap(), 2);
                            }
                        }
                    });
                }
            });
        }
    }

    // Extra: the round trip of one blocking job, awaited where it is made.
    for mt in [false, true] {
        let name = format!("{}_spawn_blocking_await", if mt { "mt" } else { "ct" });
        b.iter(&name, 1, "job", |c| {
            let rt = if mt { c.mt_all(4) } else { ct_all() };
            move || {
                rt.block_on(async {
                    tokio::task::spawn_blocking(|| black_box(0)).await.unwrap();
                });
            }
        });
    }

    // Extra: a task opens a file that the page cache holds, and reads it 4 KiB at a time.
    for mt in [false, true] {
        const CHUNK: usize = 4096;
        const CHUNKS: u64 = 64;
        let name = format!("{}_file_read_4k", if mt { "mt" } else { "ct" });
        b.iter(&name, CHUNKS, "read", |c| {
            let rt = if mt { c.mt_all(4) } else { ct_all() };
            let sample = SampleFile::new(CHUNK * CHUNKS as usize);
            move || {
                let path = sample.0.clone();
                rt.block_on(async {
                    tokio::spawn(async move {
                        let mut file = tokio::fs::File::open(path).await.unwrap();
                        let mut buffer = vec![0u8; CHUNK];
                        for _ in 0..CHUNKS {
                            assert_eq!(file.read(&mut buffer).await.unwrap(), CHUNK);
                            black_box(&buffer);
                        }
                    })
                    .await
                    .unwrap();
                });
            }
        });
    }

    for tasks in [1usize, 2] {
        let name = format!("mt_spawn_blocking_concurrency{tasks}");
        b.iter(&name, (tasks * 100 * 16) as u64, "job", |c| {
            let rt = c.mt_all(std::thread::available_parallelism().map_or(1, |n| n.get()));
            move || {
                rt.block_on(async {
                    let mut set = JoinSet::new();
                    for _ in 0..tasks {
                        set.spawn(async {
                            for _ in 0..100 {
                                let mut batch = JoinSet::new();
                                for _ in 0..16 {
                                    batch.spawn_blocking(|| black_box(0));
                                }
                                batch.join_all().await;
                            }
                        });
                    }
                    set.join_all().await;
                });
            }
        });
    }
}

struct SampleFile(PathBuf);

impl SampleFile {
    fn new(bytes: usize) -> SampleFile {
        let path = std::env::temp_dir().join(format!("rtbench-{}.data", std::process::id()));
        std::fs::write(&path, vec![0u8; bytes]).unwrap();
        SampleFile(path)
    }
}

impl Drop for SampleFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

// -------------------------------------------------------------------- sync --

#[derive(Clone, Copy)]
struct Medium(#[allow(dead_code)] [usize; 64]);

fn channels(b: &mut Bench) {
    const TOTAL: usize = 5000;

    b.iter("mpsc_create_medium_100", 1, "channel", |_| {
        || {
            black_box(&mpsc::channel::<Medium>(100));
        }
    });

    b.iter("mpsc_send_medium_1000", 1, "channel+msg", |c| {
        let rt = c.mt_bare(6);
        move || {
            let (tx, mut rx) = mpsc::channel::<Medium>(1000);
            let _ = rt.block_on(tx.send(Medium([0; 64])));
            rt.block_on(rx.recv()).unwrap();
        }
    });

    // Producers are tasks, the consumer is the thread in block_on.
    fn bounded(b: &mut Bench, name: &str, cap: usize, producers: usize, many: bool) {
        b.iter(name, TOTAL as u64, "msg", |c| {
            let rt = c.mt_bare(6);
            move || {
                rt.block_on(async {
                    let (tx, mut rx) = mpsc::channel::<usize>(cap);
                    for _ in 0..producers {
                        let tx = tx.clone();
                        tokio::spawn(async move {
                            for i in 0..TOTAL / producers {
                                tx.send(i).await.unwrap();
                            }
                        });
                    }
                    if many {
                        let mut buf = Vec::with_capacity(TOTAL);
                        let mut got = 0;
                        while got < TOTAL {
                            got += rx.recv_many(&mut buf, TOTAL).await;
                        }
                    } else {
                        for _ in 0..TOTAL {
                            rx.recv().await.unwrap();
                        }
                    }
                });
            }
        });
    }
    fn unbounded(b: &mut Bench, name: &str, producers: usize, many: bool) {
        b.iter(name, TOTAL as u64, "msg", |c| {
            let rt = c.mt_bare(6);
            move || {
                rt.block_on(async {
                    let (tx, mut rx) = mpsc::unbounded_channel::<usize>();
                    for _ in 0..producers {
                        let tx = tx.clone();
                        tokio::spawn(async move {
                            for i in 0..TOTAL / producers {
                                tx.send(i).unwrap();
                            }
                        });
                    }
                    if many {
                        let mut buf = Vec::with_capacity(TOTAL);
                        let mut got = 0;
                        while got < TOTAL {
                            got += rx.recv_many(&mut buf, TOTAL).await;
                        }
                    } else {
                        for _ in 0..TOTAL {
                            rx.recv().await.unwrap();
                        }
                    }
                });
            }
        });
    }
    bounded(b, "mpsc_bounded_1m_5p", 1_000_000, 5, false);
    bounded(b, "mpsc_bounded_1m_5p_recv_many", 1_000_000, 5, true);
    bounded(b, "mpsc_bounded_100_5p", 100, 5, false);
    bounded(b, "mpsc_bounded_100_5p_recv_many", 100, 5, true);
    bounded(b, "mpsc_bounded_100_1p", 100, 1, false); // extra
    unbounded(b, "mpsc_unbounded_5p", 5, false);
    unbounded(b, "mpsc_unbounded_5p_recv_many", 5, true);
    unbounded(b, "mpsc_unbounded_1p", 1, false); // extra

    // Extra: consumer is a task too, so nothing crosses to a non-worker thread.
    b.iter("mpsc_bounded_100_5p_all_tasks", TOTAL as u64, "msg", |c| {
        let rt = c.mt_bare(6);
        move || {
            rt.block_on(async {
                let (tx, mut rx) = mpsc::channel::<usize>(100);
                for _ in 0..5 {
                    let tx = tx.clone();
                    tokio::spawn(async move {
                        for i in 0..TOTAL / 5 {
                            tx.send(i).await.unwrap();
                        }
                    });
                }
                drop(tx);
                let n = tokio::spawn(async move {
                    let mut n = 0;
                    while rx.recv().await.is_some() {
                        n += 1;
                    }
                    n
                })
                .await
                .unwrap();
                assert_eq!(n, TOTAL);
            });
        }
    });

    b.iter("mpsc_uncontended_bounded", TOTAL as u64, "msg", |c| {
        let rt = c.mt_bare(6);
        move || {
            rt.block_on(async {
                let (tx, mut rx) = mpsc::channel::<usize>(1_000_000);
                for i in 0..TOTAL {
                    tx.send(i).await.unwrap();
                }
                for _ in 0..TOTAL {
                    rx.recv().await.unwrap();
                }
            });
        }
    });
    b.iter("mpsc_uncontended_unbounded", TOTAL as u64, "msg", |c| {
        let rt = c.mt_bare(6);
        move || {
            rt.block_on(async {
                let (tx, mut rx) = mpsc::unbounded_channel::<usize>();
                for i in 0..TOTAL {
                    tx.send(i).unwrap();
                }
                for _ in 0..TOTAL {
                    rx.recv().await.unwrap();
                }
            });
        }
    });

    // Extra: a oneshot used within one task (no wake-up) ...
    b.iter("oneshot_same_task", 1000, "oneshot", |c| {
        let rt = c.mt_bare(6);
        move || {
            rt.block_on(async {
                for i in 0..1000usize {
                    let (tx, rx) = oneshot::channel();
                    tx.send(i).unwrap();
                    assert_eq!(rx.await.unwrap(), i);
                }
            });
        }
    });
    // ... and mpsc there, oneshot back, between two tasks (Tokio's
    // request_reply; in the mt case the asking side is the block_on thread).
    for mt in [false, true] {
        let name = format!("{}_request_reply", if mt { "mt" } else { "ct" });
        b.iter(&name, 1000, "round trip", |c| {
            let rt = if mt { c.mt_bare(1) } else { ct_bare() };
            let tx = rt.block_on(async {
                let (tx, mut rx) = mpsc::channel::<oneshot::Sender<()>>(10);
                tokio::spawn(async move {
                    while let Some(reply) = rx.recv().await {
                        reply.send(()).unwrap();
                    }
                });
                tx
            });
            move || {
                let tx = tx.clone();
                rt.block_on(async move {
                    for _ in 0..1000 {
                        let (otx, orx) = oneshot::channel();
                        tx.send(otx).await.unwrap();
                        orx.await.unwrap();
                    }
                });
            }
        });
    }
    // Extra: both sides are tasks on workers.
    b.iter("mt_request_reply_tasks", 1000, "round trip", |c| {
        let rt = c.mt_bare(1);
        let tx = rt.block_on(async {
            let (tx, mut rx) = mpsc::channel::<oneshot::Sender<()>>(10);
            tokio::spawn(async move {
                while let Some(reply) = rx.recv().await {
                    reply.send(()).unwrap();
                }
            });
            tx
        });
        move || {
            let tx = tx.clone();
            rt.block_on(async move {
                tokio::spawn(async move {
                    for _ in 0..1000 {
                        let (otx, orx) = oneshot::channel();
                        tx.send(otx).await.unwrap();
                        orx.await.unwrap();
                    }
                })
                .await
                .unwrap();
            });
        }
    });
}

/// What a receiver does per message: some arithmetic, no allocation (Tokio's
/// benches format ten random floats here, which measures the formatter).
fn receiver_work(state: &mut u64) -> u64 {
    for _ in 0..32 {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
    }
    *state
}

fn sync(b: &mut Bench) {
    // An outside thread notifies in a tight loop until 500 wake-ups have been
    // seen, as in Tokio's bench.
    for (all, label) in [(false, "notify_one"), (true, "notify_waiters")] {
        for waiters in [10usize, 500] {
            let name = format!("{label}_{waiters}");
            b.iter(&name, 500, "wake-up", |c| {
                let rt = c.mt_bare(6);
                let notify = Arc::new(Notify::new());
                let count = Arc::new(AtomicUsize::new(0));
                for _ in 0..waiters {
                    let (notify, count) = (notify.clone(), count.clone());
                    rt.spawn(async move {
                        loop {
                            notify.notified().await;
                            count.fetch_add(1, Relaxed);
                        }
                    });
                }
                move || {
                    let _rt = &rt;
                    count.store(0, Relaxed);
                    loop {
                        if all {
                            notify.notify_waiters()
                        } else {
                            notify.notify_one()
                        }
                        if count.load(Relaxed) >= 500 {
                            break;
                        }
                    }
                }
            });
        }
    }

    // Extra: two tasks wake each other in turn.
    for mt in [false, true] {
        let name = format!("{}_notify_ping_pong", if mt { "mt" } else { "ct" });
        b.iter(&name, 2000, "wake-up", |c| {
            let rt = if mt { c.mt_bare(6) } else { ct_bare() };
            move || {
                rt.block_on(async {
                    let a = Arc::new(Notify::new());
                    let z = Arc::new(Notify::new());
                    let (a2, z2) = (a.clone(), z.clone());
                    let one = tokio::spawn(async move {
                        for _ in 0..1000 {
                            a2.notified().await;
                            z2.notify_one();
                        }
                    });
                    let two = tokio::spawn(async move {
                        for _ in 0..1000 {
                            a.notify_one();
                            z.notified().await;
                        }
                    });
                    one.await.unwrap();
                    two.await.unwrap();
                });
            }
        });
    }

    async fn take(s: Arc<Semaphore>) {
        drop(s.acquire().await.unwrap());
    }
    b.iter("semaphore_uncontended", 6, "acquire", |c| {
        let rt = c.mt_bare(6);
        let s = Arc::new(Semaphore::new(10));
        move || {
            let s = s.clone();
            rt.block_on(async move {
                for _ in 0..6 {
                    drop(s.acquire().await.unwrap());
                }
            });
        }
    });
    for (name, permits) in
        [("semaphore_concurrent_multi", 10), ("semaphore_contended_multi", 5)]
    {
        b.iter(name, 6, "task+acquire", |c| {
            let rt = c.mt_bare(6);
            let s = Arc::new(Semaphore::new(permits));
            move || {
                let s = s.clone();
                rt.block_on(async move {
                    tokio::try_join! {
                        tokio::spawn(take(s.clone())),
                        tokio::spawn(take(s.clone())),
                        tokio::spawn(take(s.clone())),
                        tokio::spawn(take(s.clone())),
                        tokio::spawn(take(s.clone())),
                        tokio::spawn(take(s.clone())),
                    }
                    .unwrap();
                });
            }
        });
    }
    b.iter("semaphore_contended_single", 6, "acquire", |_| {
        let rt = ct_bare();
        let s = Arc::new(Semaphore::new(5));
        move || {
            let s = s.clone();
            rt.block_on(async move {
                tokio::join! {
                    take(s.clone()), take(s.clone()), take(s.clone()),
                    take(s.clone()), take(s.clone()), take(s.clone()),
                };
            });
        }
    });
    // Extra: holders yield, so there are always waiters.
    b.iter("semaphore_2_permits_8_tasks", 8 * 500, "acquire+yield", |c| {
        let rt = c.mt_bare(6);
        let s = Arc::new(Semaphore::new(2));
        move || {
            rt.block_on(async {
                let mut hs = Vec::with_capacity(8);
                for _ in 0..8 {
                    let s = s.clone();
                    hs.push(tokio::spawn(async move {
                        for _ in 0..500 {
                            let p = s.acquire().await.unwrap();
                            yield_now().await;
                            drop(p);
                        }
                    }));
                }
                for h in hs {
                    h.await.unwrap();
                }
            });
        }
    });
    b.iter("mutex_8_tasks", 8 * 500, "lock+yield", |c| {
        let rt = c.mt_bare(6);
        let m = Arc::new(Mutex::new(0u64));
        move || {
            rt.block_on(async {
                let mut hs = Vec::with_capacity(8);
                for _ in 0..8 {
                    let m = m.clone();
                    hs.push(tokio::spawn(async move {
                        for _ in 0..500 {
                            let mut g = m.lock().await;
                            *g += 1;
                            yield_now().await;
                            drop(g);
                        }
                    }));
                }
                for h in hs {
                    h.await.unwrap();
                }
            });
        }
    });

    async fn read(l: Arc<RwLock<()>>) {
        let g = l.read().await;
        black_box(&g);
    }
    b.iter("rwlock_read_uncontended", 6, "read", |c| {
        let rt = c.mt_bare(6);
        let l = Arc::new(RwLock::new(()));
        move || {
            let l = l.clone();
            rt.block_on(async move {
                for _ in 0..6 {
                    black_box(&l.read().await);
                }
            });
        }
    });
    b.iter("rwlock_read_concurrent_multi", 6, "task+read", |c| {
        let rt = c.mt_bare(6);
        let l = Arc::new(RwLock::new(()));
        move || {
            let l = l.clone();
            rt.block_on(async move {
                tokio::try_join! {
                    tokio::spawn(read(l.clone())),
                    tokio::spawn(read(l.clone())),
                    tokio::spawn(read(l.clone())),
                    tokio::spawn(read(l.clone())),
                    tokio::spawn(read(l.clone())),
                    tokio::spawn(read(l.clone())),
                }
                .unwrap();
            });
        }
    });
    b.iter("rwlock_read_contended_multi", 6, "task+lock", |c| {
        let rt = c.mt_bare(6);
        let l = Arc::new(RwLock::new(()));
        move || {
            let l = l.clone();
            rt.block_on(async move {
                let w = l.write().await;
                tokio::try_join! {
                    async { drop(w); Ok(()) },
                    tokio::spawn(read(l.clone())),
                    tokio::spawn(read(l.clone())),
                    tokio::spawn(read(l.clone())),
                    tokio::spawn(read(l.clone())),
                    tokio::spawn(read(l.clone())),
                }
                .unwrap();
            });
        }
    });
    b.iter("rwlock_read_contended_single", 6, "lock", |_| {
        let rt = ct_bare();
        let l = Arc::new(RwLock::new(()));
        move || {
            let l = l.clone();
            rt.block_on(async move {
                let w = l.write().await;
                tokio::join! {
                    async { drop(w) },
                    read(l.clone()), read(l.clone()), read(l.clone()),
                    read(l.clone()), read(l.clone()),
                };
            });
        }
    });
    // Extra: eight tasks, 1000 reads each, with a write now and then.
    b.iter("rwlock_8_tasks_1pct_write", 8 * 1000, "lock", |c| {
        let rt = c.mt_bare(6);
        let l = Arc::new(RwLock::new(0u64));
        move || {
            rt.block_on(async {
                let mut hs = Vec::with_capacity(8);
                for _ in 0..8 {
                    let l = l.clone();
                    hs.push(tokio::spawn(async move {
                        for i in 0..1000 {
                            if i % 100 == 0 {
                                *l.write().await += 1;
                            } else {
                                black_box(*l.read().await);
                            }
                        }
                    }));
                }
                for h in hs {
                    h.await.unwrap();
                }
            });
        }
    });

    for tasks in [10usize, 100, 1000] {
        let name = format!("broadcast_{tasks}");
        b.iter(&name, (100 * tasks) as u64, "delivery", |c| {
            let rt = c.mt_bare(6);
            let (tx, _) = broadcast::channel::<usize>(1000);
            let wg = Arc::new((AtomicUsize::new(0), Notify::new()));
            for n in 0..tasks {
                let (wg, mut rx) = (wg.clone(), tx.subscribe());
                let mut state = n as u64 + 1;
                rt.spawn(async move {
                    while rx.recv().await.is_ok() {
                        black_box(receiver_work(&mut state));
                        if wg.0.fetch_sub(1, Relaxed) == 1 {
                            wg.1.notify_one();
                        }
                    }
                });
            }
            move || {
                let (wg, tx) = (wg.clone(), tx.clone());
                rt.block_on(async move {
                    for i in 0..100 {
                        assert_eq!(wg.0.fetch_add(tasks, Relaxed), 0);
                        tx.send(i).unwrap();
                        while wg.0.load(Relaxed) > 0 {
                            wg.1.notified().await;
                        }
                    }
                });
            }
        });
    }

    for tasks in [10usize, 100, 1000] {
        let name = format!("watch_{tasks}");
        b.iter(&name, (100 * tasks) as u64, "delivery", |c| {
            let rt = c.mt_bare(6);
            let (tx, _) = watch::channel(0i32);
            let tx = Arc::new(tx);
            let wg = Arc::new((AtomicUsize::new(0), Notify::new()));
            for n in 0..tasks {
                let (wg, mut rx) = (wg.clone(), tx.subscribe());
                let mut state = n as u64 + 1;
                rt.spawn(async move {
                    while rx.changed().await.is_ok() {
                        black_box(*rx.borrow());
                        black_box(receiver_work(&mut state));
                        if wg.0.fetch_sub(1, Release) == 1 {
                            wg.1.notify_one();
                        }
                    }
                });
            }
            move || {
                let (wg, tx) = (wg.clone(), tx.clone());
                rt.block_on(async move {
                    tokio::spawn(async move {
                        for _ in 0..100 {
                            assert_eq!(wg.0.fetch_add(tasks, Relaxed), 0);
                            let _ = tx.send(black_box(42));
                            while wg.0.load(Acquire) > 0 {
                                wg.1.notified().await;
                            }
                        }
                    })
                    .await
                    .unwrap();
                });
            }
        });
    }
}

// ------------------------------------------------------------------- timers --

/// Polls a future once and drops the result.
struct PollOnce<'a, F>(Pin<&'a mut F>);
impl<F: Future> Future for PollOnce<'_, F> {
    type Output = bool;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<bool> {
        Poll::Ready(self.0.as_mut().poll(cx).is_ready())
    }
}

fn timers(b: &mut Bench) {
    const N: usize = 10_000;
    // Tokio's time_now.rs reads the clock once per block_on, which measures block_on.
    b.iter("ct_time_now", 1000, "reading", |_| {
        let rt = ct_all();
        move || {
            rt.block_on(async {
                for _ in 0..1000 {
                    black_box(tokio::time::Instant::now());
                }
            });
        }
    });
    for mt in [false, true] {
        let p = if mt { "mt" } else { "ct" };
        let tasks = move |c: &Config| if mt { c.workers(8) } else { 1 };
        let rt = move |c: &Config| if mt { c.mt_all(8) } else { ct_all() };

        // As in Tokio's time_timeout.rs: the inner future is ready at once, and
        // an unpolled Sleep never reaches the timer wheel.
        b.iter(&format!("{p}_timeout_ready_10k"), N as u64, "timeout", |c| {
            let (rt, tasks) = (rt(c), tasks(c));
            move || {
                rt.block_on(async {
                    let mut hs = Vec::with_capacity(tasks);
                    for _ in 0..tasks {
                        hs.push(tokio::spawn(async move {
                            for _ in 0..N / tasks {
                                let r = timeout(Duration::from_secs(1), async { 1 }).await;
                                assert_eq!(black_box(r.unwrap()), 1);
                            }
                        }));
                    }
                    for h in hs {
                        h.await.unwrap();
                    }
                });
            }
        });
        b.iter(&format!("{p}_sleep_create_drop_10k"), N as u64, "sleep", |c| {
            let (rt, tasks) = (rt(c), tasks(c));
            move || {
                rt.block_on(async {
                    let mut hs = Vec::with_capacity(tasks);
                    for _ in 0..tasks {
                        hs.push(tokio::spawn(async move {
                            for _ in 0..N / tasks {
                                black_box(&sleep(Duration::from_secs(1)));
                            }
                        }));
                    }
                    for h in hs {
                        h.await.unwrap();
                    }
                });
            }
        });
        // Extra: each timeout is polled while pending, hence registered, then
        // dropped, one at a time ...
        b.iter(&format!("{p}_timeout_registered_10k"), N as u64, "timeout", |c| {
            let (rt, tasks) = (rt(c), tasks(c));
            move || {
                rt.block_on(async {
                    let mut hs = Vec::with_capacity(tasks);
                    for _ in 0..tasks {
                        hs.push(tokio::spawn(async move {
                            for i in 0..N / tasks {
                                let d = Duration::from_millis(1000 + (i % 977) as u64 * 13);
                                let mut t = std::pin::pin!(timeout(d, std::future::pending::<()>()));
                                assert!(!PollOnce(t.as_mut()).await);
                            }
                        }));
                    }
                    for h in hs {
                        h.await.unwrap();
                    }
                });
            }
        });
        // ... or with all 10k in the wheel at once.
        b.iter(&format!("{p}_timeout_10k_alive"), N as u64, "timeout", |c| {
            let (rt, tasks) = (rt(c), tasks(c));
            move || {
                rt.block_on(async {
                    let mut hs = Vec::with_capacity(tasks);
                    for _ in 0..tasks {
                        hs.push(tokio::spawn(async move {
                            let mut all = Vec::with_capacity(N / tasks);
                            for i in 0..N / tasks {
                                let d = Duration::from_millis(1000 + (i % 977) as u64 * 13);
                                let mut t = Box::pin(timeout(d, std::future::pending::<()>()));
                                assert!(!PollOnce(t.as_mut()).await);
                                all.push(t);
                            }
                        }));
                    }
                    for h in hs {
                        h.await.unwrap();
                    }
                });
            }
        });
    }
}

fn percentile(sorted: &[u64], p: f64) -> f64 {
    let i = ((sorted.len() as f64 * p).ceil() as usize).clamp(1, sorted.len());
    sorted[i - 1] as f64 / 1000.0
}

/// Lateness of sleep(1 ms): how long after its deadline the sleeping task runs.
fn sleep_accuracy(b: &mut Bench) {
    for mt in [false, true] {
        for tasks in [1usize, 1000] {
            let name = format!("{}_sleep_1ms_x{tasks}", if mt { "mt" } else { "ct" });
            if !b.wanted(&name) {
                continue;
            }
            let rt = if mt { b.cfg.mt_all(8) } else { ct_all() };
            let rounds = if tasks == 1 { 500 } else { 100 };
            let cpu0 = process_cpu();
            let wall = Instant::now();
            let mut late: Vec<u64> = rt.block_on(async {
                let mut set = JoinSet::new();
                for _ in 0..tasks {
                    set.spawn(async move {
                        let mut v = Vec::with_capacity(rounds);
                        for _ in 0..5 {
                            sleep(Duration::from_millis(1)).await;
                        }
                        for _ in 0..rounds {
                            let t = Instant::now();
                            sleep(Duration::from_millis(1)).await;
                            v.push((t.elapsed().as_nanos() as u64).saturating_sub(1_000_000));
                        }
                        v
                    });
                }
                set.join_all().await.concat()
            });
            let wall = wall.elapsed();
            let cpu = (process_cpu() - cpu0).as_nanos() as f64 / late.len() as f64;
            late.sort_unstable();
            let (p50, p90, p99, max) = (
                percentile(&late, 0.50),
                percentile(&late, 0.90),
                percentile(&late, 0.99),
                percentile(&late, 1.0),
            );
            let n = late.len();
            b.emit(
                &format!(
                    "{name}\tlateness_us\tp50={p50:.1}\tp90={p90:.1}\tp99={p99:.1}\tmax={max:.1}\tn={n}\tcpu_ns_per_sleep={cpu:.1}\twall_ms={:.1}",
                    wall.as_secs_f64() * 1e3
                ),
                &format!(
                    "{{\"name\":\"{name}\",\"late_p50_us\":{p50:.1},\"late_p90_us\":{p90:.1},\"late_p99_us\":{p99:.1},\
                     \"late_max_us\":{max:.1},\"n\":{n},\"cpu_ns_per_sleep\":{cpu:.1},\"wall_ms\":{:.1},\"workers\":{}}}",
                    wall.as_secs_f64() * 1e3,
                    b.cfg.workers
                ),
            );
        }
    }
}

// ------------------------------------------------------------------- memory --

fn rss_bytes() -> usize {
    let s = std::fs::read_to_string("/proc/self/statm").unwrap();
    s.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096
}

const MEM_TASKS: usize = 100_000;

/// Runs in a process of its own, so that the heap is fresh. Prints the growth
/// of the resident set for 100k parked tasks.
fn mem_child(kind: &str, workers: usize) {
    let rt = Builder::new_multi_thread().worker_threads(workers).enable_all().build().unwrap();
    static STARTED: AtomicUsize = AtomicUsize::new(0);
    // A few tasks first, for whatever is allocated lazily.
    rt.block_on(async {
        for _ in 0..100 {
            tokio::spawn(async { sleep(Duration::from_micros(10)).await }).await.unwrap();
        }
    });
    let mut keep: Vec<oneshot::Sender<()>> = Vec::with_capacity(MEM_TASKS);
    // Touch the vector's pages now: it is the harness's, not the task's.
    unsafe { std::ptr::write_bytes(keep.as_mut_ptr(), 0, MEM_TASKS) };
    black_box(keep.as_mut_ptr());
    let before = rss_bytes();
    for _ in 0..MEM_TASKS {
        match kind {
            "pending" => drop(rt.spawn(async {
                STARTED.fetch_add(1, Relaxed);
                std::future::pending::<()>().await
            })),
            "oneshot" => {
                let (tx, rx) = oneshot::channel();
                keep.push(tx);
                drop(rt.spawn(async move {
                    STARTED.fetch_add(1, Relaxed);
                    let _ = rx.await;
                }))
            }
            "sleep" => drop(rt.spawn(async {
                STARTED.fetch_add(1, Relaxed);
                sleep(Duration::from_secs(3600)).await
            })),
            "buf4k" => drop(rt.spawn(async {
                STARTED.fetch_add(1, Relaxed);
                let buf = vec![1u8; 4096];
                std::future::pending::<()>().await;
                black_box(&buf);
            })),
            _ => panic!("unknown kind"),
        }
    }
    while STARTED.load(Relaxed) < MEM_TASKS {
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(Duration::from_millis(50));
    let after = rss_bytes();
    println!("{} {}", before, after - before);
    let _ = std::io::stdout().flush();
    // Not dropping the runtime: 100k tasks need not be torn down.
    unsafe { libc::_exit(0) };
}

fn memory(b: &mut Bench) {
    for kind in ["pending", "oneshot", "sleep", "buf4k"] {
        let name = format!("mem_idle_task_{kind}");
        if !b.wanted(&name) {
            continue;
        }
        let mut per: Vec<f64> = vec![];
        let mut base = 0usize;
        for _ in 0..3 {
            let out = std::process::Command::new(std::env::current_exe().unwrap())
                .args(["--mem-child", kind, &b.cfg.workers(2).to_string()])
                .output()
                .unwrap();
            let text = String::from_utf8_lossy(&out.stdout);
            let mut it = text.split_whitespace().map(|s| s.parse::<usize>().unwrap());
            base = it.next().unwrap();
            per.push(it.next().unwrap() as f64 / MEM_TASKS as f64);
        }
        per.sort_by(|a, b| a.total_cmp(b));
        b.emit(
            &format!(
                "{name}\tbytes_per_task={:.1}\tmin={:.1}\tmax={:.1}\ttasks={MEM_TASKS}\tbase_rss_kib={}",
                per[1],
                per[0],
                per[2],
                base / 1024
            ),
            &format!(
                "{{\"name\":\"{name}\",\"bytes_per_task\":{:.1},\"min\":{:.1},\"max\":{:.1},\"tasks\":{MEM_TASKS},\"base_rss_kib\":{}}}",
                per[1],
                per[0],
                per[2],
                base / 1024
            ),
        );
    }
}

fn main() {
    let argv: Vec<String> = std::env::args().collect();
    if argv.len() == 4 && argv[1] == "--mem-child" {
        return mem_child(&argv[2], argv[3].parse().unwrap());
    }
    let cfg = parse_args();
    let json_file = cfg.json_out.as_ref().map(|p| std::fs::File::create(p).unwrap());
    let mut b = Bench { cfg, json_file };
    if !b.cfg.json && !b.cfg.list {
        println!(
            "name\tmedian_ns\tmin_ns\tmax_ns\tns_per_op\top\tops_per_iter\tcpu_ns_per_op\tforeign_cpus\tcalib_ns\titers_per_sample\tsamples"
        );
    }
    multi_thread(&mut b);
    current_thread(&mut b);
    spawn_await(&mut b);
    channels(&mut b);
    sync(&mut b);
    timers(&mut b);
    sleep_accuracy(&mut b);
    memory(&mut b);
}

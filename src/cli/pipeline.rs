//! The pipeline: workers take tasks from a feeder, judge them ahead, and hand them over in the order of the input.
//! There is one lock for reading and one for handing over, both taken once a piece, never once an event.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::engine::Engine;
use crate::lang::Label;
use crate::signature::Credentials;
use crate::stream::assemble::{Ahead, Assembler, Piece, Stretch, read_ahead};
use crate::stream::frame::{Handler, Limits};
use crate::time::Zone;

use super::files::chunk::{CHUNK, Feeder, Stream, Work, whole};
use super::files::source::Source;
use super::progress::Step;
use super::session::Session;

/// How to run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Workers; `None`: as many as there are processors.
    pub threads: Option<usize>,
    /// Limits on what is read.
    pub limits: Limits,
    /// The zone in which messages say times.
    pub zone: Zone,
    /// About how many bytes a piece has.
    pub chunk: usize,
    /// The keys and tokens that are known.
    pub credentials: Arc<Credentials>,
}

impl Plan {
    /// A plan for so many threads; `None`: as many as there are processors.
    pub fn new(threads: Option<usize>, limits: Limits, zone: Zone, credentials: Arc<Credentials>) -> Plan {
        // Each thread has some pieces, and what was made of them: that is held to the largest document, too.
        let chunk = CHUNK.min((limits.document / 8).max(CHUNK / 16));
        Plan { threads, limits, zone, chunk, credentials }
    }

    /// How many workers that is. Asking the system costs more than reading one event.
    fn workers(&self) -> usize {
        self.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1)
    }

    fn engine(&self) -> Engine {
        Engine::with(self.zone, Arc::clone(&self.credentials))
    }
}

/// Whether to go on. An `Err` is a failed write: everything stops at once.
pub type Flow = io::Result<ControlFlow<()>>;

/// More is wanted.
pub const GO_ON: ControlFlow<()> = ControlFlow::Continue(());

/// Takes what the handlers made, in the order of the input.
pub trait Collector<H>: Send {
    /// What is said of the sources, and how the run ends.
    fn session(&mut self) -> &mut Session;
    /// How far reading is.
    fn step(&mut self, step: Step<'_>) {
        self.session().step(step);
    }
    /// A source begins; `layers` is what was recognised around its text.
    fn begin(&mut self, source: &Source, layers: &[Label]) -> Flow {
        self.session().begin(source, layers);
        Ok(GO_ON)
    }
    /// Whether a handler took a piece for what it is not; then another one reads it at once.
    fn is_mistaken(_handler: &H) -> bool {
        false
    }
    /// Whether what a handler made ahead of its turn still holds; otherwise the piece is read again.
    fn accepts(&self, _handler: &H) -> bool {
        true
    }
    /// The next stretch of it. The handler may be kept for reuse.
    fn stretch(&mut self, source: &Source, stretch: Stretch<'_, H>) -> Flow;
    /// It could not be opened, or not be read to its end; then it is told before [`Collector::end`].
    fn failed(&mut self, source: &Source, error: &io::Error) {
        self.session().failed(source, error);
    }
    /// It has been read.
    fn end(&mut self, source: &Source) -> Flow {
        self.session().end(source);
        Ok(GO_ON)
    }
}

/// What a worker made of a task.
enum Done<H> {
    Begin(Vec<Label>),
    Piece(Piece, Option<Ahead<H>>, Option<io::Error>),
    Whole(Vec<Label>, Piece, Option<Ahead<H>>, Option<io::Error>),
    /// A small file that proved to be packed: it may hold anything, and is read in its turn.
    Packed,
    Failed(io::Error),
}

/// The workers' side of handing over.
struct Queue<H> {
    next: u64,
    waiting: BTreeMap<u64, (usize, Done<H>)>,
    /// Somebody is handing over.
    busy: bool,
    /// Nothing more is wanted.
    stop: bool,
    outcome: io::Result<()>,
}

/// The ordered side.
struct Order<'c, C> {
    collector: &'c mut C,
    assembler: Assembler,
}

/// Reads all sources with handlers made by `make`, and hands them to `collector`.
///
/// # Errors
///
/// What the collector returned: a failed write.
pub fn run<H, C>(
    sources: &[Source],
    plan: Plan,
    make: impl Fn(&Source) -> H + Sync,
    collector: &mut C,
) -> io::Result<()>
where
    H: Handler + Send,
    C: Collector<H>,
{
    let queue = Queue { next: 0, waiting: BTreeMap::new(), busy: false, stop: false, outcome: Ok(()) };
    collector.step(Step::Begin(sources));
    let order = Order { collector, assembler: Assembler::new(plan.limits) };
    let shared = Shared {
        sources,
        feeder: Mutex::new(Feeder::new(sources, plan.chunk, plan.limits.document)),
        queue: Mutex::new(queue),
        turn: Condvar::new(),
        order: Mutex::new(order),
        make,
        workers: AtomicUsize::new(1),
        plan,
    };
    // One small input is read before another thread has begun, so there are others only when there is more to do.
    std::thread::scope(|scope| {
        shared.work(|| {
            let wanted = shared.plan.workers();
            shared.workers.store(wanted, Ordering::Relaxed);
            let work = || shared.work(|| ());
            let start = || std::thread::Builder::new().spawn_scoped(scope, work);
            // A container may be out of threads: those that could be made do the work, if need be this one alone.
            let made = (1..wanted).take_while(|_| start().is_ok()).count();
            shared.workers.store(1 + made, Ordering::Relaxed);
        });
    });
    let Shared { queue, order, .. } = shared;
    let Order { collector, .. } = order.into_inner().unwrap_or_else(PoisonError::into_inner);
    collector.step(Step::End);
    queue.into_inner().unwrap_or_else(PoisonError::into_inner).outcome
}

/// What all workers have.
struct Shared<'s, 'c, H, C, M> {
    sources: &'s [Source],
    plan: Plan,
    feeder: Mutex<Feeder<'s>>,
    queue: Mutex<Queue<H>>,
    turn: Condvar,
    order: Mutex<Order<'c, C>>,
    make: M,
    workers: AtomicUsize,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic of one worker ends the process (or is passed on by the scope): the others may finish.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Locks what is never held for long: a read of one piece. Falling asleep and being woken takes as long as that, so it
/// is waited for awake; where the one who reads waits for a pipe, asleep.
fn lock_soon<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    const TRIES: usize = 2000;
    for _ in 0..TRIES {
        if let Ok(guard) = mutex.try_lock() {
            return guard;
        }
        std::hint::spin_loop();
    }
    lock(mutex)
}

impl<H, C, M> Shared<'_, '_, H, C, M>
where
    H: Handler + Send,
    C: Collector<H>,
    M: Fn(&Source) -> H + Sync,
{
    /// Works until there is nothing left. `more` is called once, when there is a second thing to read.
    fn work(&self, more: impl FnOnce()) {
        let mut engine = self.plan.engine();
        let mut more = Some(more);
        let mut read = 0;
        loop {
            if lock(&self.queue).stop {
                return;
            }
            let Some(task) = lock_soon(&self.feeder).next() else { return };
            read += usize::from(matches!(task.work, Work::Piece(..) | Work::Whole));
            if read > 1
                && let Some(more) = more.take()
            {
                more();
            }
            let done = match task.work {
                Work::Begin { layers } => Done::Begin(layers),
                Work::Failed(error) => Done::Failed(error),
                Work::Piece(piece, error) => {
                    let ahead = self.read_ahead(&mut engine, task.source, &piece);
                    Done::Piece(piece, ahead, error)
                }
                Work::Whole => match whole(&self.sources[task.source], self.plan.limits.document) {
                    Ok(None) => Done::Packed,
                    Ok(Some((layers, piece, error))) => {
                        let ahead = self.read_ahead(&mut engine, task.source, &piece);
                        Done::Whole(layers, piece, ahead, error)
                    }
                    Err(error) => Done::Failed(error),
                },
            };
            self.hand_over(&mut engine, task.number, task.source, done);
        }
    }

    fn read_ahead(&self, engine: &mut Engine, source: usize, piece: &Piece) -> Option<Ahead<H>> {
        let make = || (self.make)(&self.sources[source]);
        let ahead = read_ahead(engine, piece, self.plan.limits, make)?;
        match C::is_mistaken(&ahead.handler) {
            true => read_ahead(engine, piece, self.plan.limits, make),
            false => Some(ahead),
        }
    }

    /// Puts a done task into the queue and, if nobody else is at it, hands over what is next.
    fn hand_over(&self, engine: &mut Engine, number: u64, source: usize, done: Done<H>) {
        // Whoever runs ahead of the others waits, so that memory stays bounded.
        let room = 2 * self.workers.load(Ordering::Relaxed);
        let mut queue = lock(&self.queue);
        queue.waiting.insert(number, (source, done));
        loop {
            if queue.stop {
                return;
            }
            if !queue.busy && queue.waiting.contains_key(&queue.next) {
                break;
            }
            if queue.waiting.len() <= room {
                return;
            }
            queue = self.turn.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
        queue.busy = true;
        while let Some((source, done)) = {
            let next = queue.next;
            queue.waiting.remove(&next)
        } {
            drop(queue);
            let flow = self.take(engine, &mut lock(&self.order), source, done);
            queue = lock(&self.queue);
            queue.next += 1;
            self.turn.notify_all();
            match flow {
                Ok(ControlFlow::Continue(())) => {}
                stopped => {
                    queue.stop = true;
                    queue.outcome = stopped.map(|_| ());
                    break;
                }
            }
        }
        queue.busy = false;
        self.turn.notify_all();
    }

    /// Takes what a worker made of a task, in its turn.
    fn take(&self, engine: &mut Engine, order: &mut Order<'_, C>, at: usize, done: Done<H>) -> Flow {
        let source = &self.sources[at];
        match done {
            Done::Begin(layers) => self.begin(order, source, &layers),
            Done::Piece(piece, ahead, error) => {
                let last = piece.last;
                let flow = self.piece(engine, order, source, &piece, ahead)?;
                // Never waits: whoever holds the feeder may be waiting for a pipe that pauses, and what comes next
                // must be shown meanwhile.
                if let Ok(mut feeder) = self.feeder.try_lock() {
                    feeder.recycle(piece.text);
                }
                match flow {
                    ControlFlow::Continue(()) if last => self.end(order, source, error),
                    flow => Ok(flow),
                }
            }
            Done::Whole(layers, piece, ahead, error) => {
                if self.begin(order, source, &layers)?.is_break()
                    || self.piece(engine, order, source, &piece, ahead)?.is_break()
                {
                    return Ok(ControlFlow::Break(()));
                }
                self.end(order, source, error)
            }
            Done::Packed => self.stream(engine, order, source),
            Done::Failed(error) => {
                order.collector.failed(source, &error);
                Ok(GO_ON)
            }
        }
    }

    /// Reads a source here and now, piece by piece.
    fn stream(&self, engine: &mut Engine, order: &mut Order<'_, C>, source: &Source) -> Flow {
        let mut stream = match Stream::open(source, self.plan.limits.document) {
            Ok(stream) => stream,
            Err(error) => {
                order.collector.failed(source, &error);
                return Ok(GO_ON);
            }
        };
        let mut flow = self.begin(order, source, &stream.layers())?;
        let mut memory = Vec::new();
        while flow.is_continue() {
            let (piece, error) = stream.piece(memory, self.plan.chunk);
            flow = self.piece(engine, order, source, &piece, None)?;
            if piece.last && flow.is_continue() {
                return self.end(order, source, error);
            }
            memory = piece.text;
        }
        Ok(flow)
    }

    fn begin(&self, order: &mut Order<'_, C>, source: &Source, layers: &[Label]) -> Flow {
        order.assembler = Assembler::new(self.plan.limits);
        order.collector.begin(source, layers)
    }

    fn piece(
        &self,
        engine: &mut Engine,
        order: &mut Order<'_, C>,
        source: &Source,
        piece: &Piece,
        ahead: Option<Ahead<H>>,
    ) -> Flow {
        let Order { collector, assembler } = order;
        let ahead = ahead.filter(|ahead| collector.accepts(&ahead.handler));
        let make = || (self.make)(source);
        collector.step(Step::Piece(source, piece.text.len()));
        assembler.piece(engine, piece, ahead, make, |stretch| collector.stretch(source, stretch))
    }

    /// A source has been read as far as could be.
    fn end(&self, order: &mut Order<'_, C>, source: &Source, error: Option<io::Error>) -> Flow {
        if let Some(error) = error {
            order.collector.failed(source, &error);
        }
        order.collector.step(Step::Source(source));
        order.collector.end(source)
    }
}

#[cfg(test)]
#[path = "pipeline_tests.rs"]
mod tests;

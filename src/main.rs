use larkspect::{
    check::Engine,
    finding::{Severity, Verdict},
    time::Zone,
};
fn main() {
    let text = std::fs::read(std::env::args().nth(1).unwrap()).unwrap();
    let mut engine = Engine::new(Zone::Utc);
    for _ in 0..3 {
        let start = std::time::Instant::now();
        assert!(simdutf8::basic::from_utf8(&text).is_ok());
        println!("utf8 {:?}", start.elapsed());
        let start = std::time::Instant::now();
        let mut sink = Verdict::default();
        let mut at = 0;
        let mut n = 0;
        while at < text.len() {
            match engine.document(&text, at, &mut sink) {
                Ok(seen) => {
                    at = seen.end + 1;
                    n += 1;
                }
                Err(e) => panic!("{e:?}"),
            }
        }
        println!(
            "{n} {:?} errors {} warnings {} notes {}",
            start.elapsed(),
            sink.count(Severity::Error),
            sink.count(Severity::Warning),
            sink.count(Severity::Note)
        );
    }
}

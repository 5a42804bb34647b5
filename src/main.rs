use larkspect::{check::Engine, finding::Findings, time::Zone};
fn main() {
    for name in std::env::args().skip(1) {
        let text = std::fs::read(name).unwrap();
        let mut engine = Engine::new(Zone::Utc);
        let mut sink = Findings::default();
        let at = text.iter().position(|b| *b == b'{').unwrap();
        let seen = engine.document(&text, at, &mut sink);
        match seen {
            Ok(seen) => {
                println!("{:?}", seen.form);
                for (c, s) in seen.record.layout.columns.iter().enumerate() {
                    println!("{} = {:?}", s.name, seen.record.text(c));
                }
            }
            Err(e) => println!("{e:?}"),
        }
        for f in sink.0 {
            println!("{} {:?} {} {} {:?}", f.rule.code, f.severity, f.pointer, f.words.message, f.words.help);
        }
    }
}

//! How the program is linked on Linux. To show one event takes less time than a dynamic linker needs to find the places
//! of ten thousand addresses, most of them of the catalogue, and to load a library that unwinds stacks: so the addresses
//! are those the program has been linked for, and what unwinds is part of it, as the rest but the C library is.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = |what: &str| std::env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    let is_program = std::env::var_os("CARGO_FEATURE_CLI").is_some();
    if !(is_program && target("OS") == "linux" && target("ENV") == "gnu") {
        return;
    }
    println!("cargo:rustc-link-arg-bins=-no-pie");
    match target("FEATURE").split(',').any(|feature| feature == "crt-static") {
        true => println!("cargo:rustc-link-arg-bins=-static"),
        false => println!("cargo:rustc-link-lib=gcc_eh"),
    }
}

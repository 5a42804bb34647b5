//! How many bytes the scanning loops have looked at: counted in tests alone, so that time can be held to the size of the
//! input without a clock. Elsewhere it is nothing.

#[cfg(test)]
thread_local! {
    static LOOKED_AT: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// A loop has looked at so many bytes.
#[inline(always)]
pub(crate) fn took(bytes: usize) {
    #[cfg(test)]
    LOOKED_AT.with(|looked_at| looked_at.set(looked_at.get() + bytes as u64));
    let _ = bytes;
}

/// How many bytes were looked at on this thread while `run` ran.
#[cfg(test)]
pub(crate) fn of(run: impl FnOnce()) -> u64 {
    let before = LOOKED_AT.with(std::cell::Cell::get);
    run();
    LOOKED_AT.with(std::cell::Cell::get) - before
}

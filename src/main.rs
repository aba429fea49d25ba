//! The `concord` program: parse arguments, run, map a fault to an exit code.

fn main() {
    std::process::exit(concord::boot::guarded(concord::cli::run));
}

package com.vibnai.abuse;

import java.time.Duration;
import java.util.List;

/** All attacks, in the order in which they run. */
final class Attacks {

    private Attacks() {}

    /** The last one generates requests for {@code fuzzing}. */
    static List<Attack> all(Duration fuzzing, long seed) {
        return List.of(
                new Attack("slow-headers", "900 clients whose request never ends", SlowClients::headers),
                new Attack("slow-body", "900 clients whose body comes byte by byte", SlowClients::body),
                new Attack("slow-readers", "exports and live streams that nobody reads", SlowClients::readers),
                new Attack("flood", "3,000 idle connections to each service", SlowClients::flood),
                new Attack("oversized", "request lines, headers and bodies beyond every limit", Oversized::run),
                new Attack("json", "depth, numbers, duplicates and bytes that are no JSON", HostileJson::run),
                new Attack("gzip", "bodies that expand a thousandfold", HostileJson::gzip),
                new Attack("framing", "two lengths, hidden second requests, garbage in a pipeline", Framing::run),
                new Attack("methods", "methods that nobody serves, and versions that nobody has", Framing::methods),
                new Attack("http2", "resets, endless headers, bombs and broken frames of HTTP/2", Http2::run),
                new Attack("paths", "ways around a path, to data and to files", Paths::run),
                new Attack("keys", "keys in wrong places, and what is nearly a key", Proofs::keys),
                new Attack("signatures", "signatures of user ids, replayed and tampered with", Proofs::signatures),
                new Attack("cookies", "cookies of the tracker, tampered with", Proofs::cookies),
                new Attack("tokens", "read tokens, tampered with, forged, over, for somebody else", Tokens::run),
                new Attack("cross-origin", "a page of a foreign origin in Chromium", CrossOrigin::run),
                new Attack(
                        "fuzz",
                        "requests generated from the contracts",
                        (stage, findings) -> Fuzz.run(stage, findings, fuzzing, seed)));
    }
}

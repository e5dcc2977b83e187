package com.vibnai.abuse;

import com.vibnai.stage.ServiceRun;
import java.time.Duration;

/**
 * A service that is attacked.
 *
 * @param run its process
 * @param good what a client that behaves asks; answered with 200
 * @param writes whether a client that behaves also signs users up there
 */
record Target(String name, ServiceRun run, Request good, boolean writes) {

    Reply ask(Request request) {
        return Wire.ask(run.port(), request, Findings.ANSWERS_WITHIN);
    }

    Reply ask(byte[] bytes) {
        return Wire.ask(run.port(), bytes, Findings.ANSWERS_WITHIN);
    }

    Reply ask(byte[] bytes, Duration limit) {
        return Wire.ask(run.port(), bytes, limit);
    }
}

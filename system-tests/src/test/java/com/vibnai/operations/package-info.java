/** What an operator relies on: logs, metrics, alerts, grants and restarts, on the packaged services. */
package com.vibnai.operations;

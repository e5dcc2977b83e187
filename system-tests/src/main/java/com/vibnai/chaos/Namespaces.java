package com.vibnai.chaos;

import com.vibnai.stage.Shell;
import com.vibnai.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A network namespace for PostgreSQL, joined to ours by a cable, and a small file system. The command {@code ./chaos} puts
 * this whole program into namespaces of its own first, so nothing of the machine is touched and nothing can stay behind.
 */
final class Namespaces implements AutoCloseable {

    static final String SERVER = "10.231.77.2";
    private static final String OURS = "10.231.77.1";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Process holder;

    private Namespaces(Process holder) {
        this.holder = holder;
    }

    /** Whether {@code ./chaos} could make namespaces. */
    static boolean available() {
        return "yes".equals(System.getenv("CHAOS_NAMESPACES"));
    }

    static Namespaces create() {
        try {
            Process holder = new ProcessBuilder("unshare", "-n", "sleep", "7200").start();
            Namespaces made = new Namespaces(holder);
            String pid = Long.toString(holder.pid());
            awaitOwnNetwork(pid);
            ip("link", "set", "lo", "up");
            ip("link", "add", "vibn0", "type", "veth", "peer", "name", "vibn1", "netns", pid);
            ip("addr", "add", OURS + "/30", "dev", "vibn0");
            ip("link", "set", "vibn0", "up");
            made.inside("ip", "addr", "add", SERVER + "/30", "dev", "vibn1");
            made.inside("ip", "link", "set", "vibn1", "up");
            made.inside("ip", "link", "set", "lo", "up");
            return made;
        } catch (IOException e) {
            throw new StageFailure("No network namespace can be made: " + e.getMessage() + ".");
        }
    }

    /** Runs what follows in the namespace. */
    List<String> prefix() {
        return List.of("nsenter", "--net=/proc/" + holder.pid() + "/ns/net");
    }

    /** Nothing passes in either direction, and nobody is told. */
    void cut() {
        inside("iptables", "-I", "INPUT", "-i", "vibn1", "-j", "DROP");
    }

    /** Some of the packets are lost in both directions. */
    void lose(double share) {
        String probability = Double.toString(share);
        for (String direction : List.of("INPUT", "OUTPUT")) {
            inside(
                    "iptables",
                    "-I",
                    direction,
                    "-p",
                    "tcp",
                    "-m",
                    "statistic",
                    "--mode",
                    "random",
                    "--probability",
                    probability,
                    "-j",
                    "DROP");
        }
    }

    void mend() {
        inside("iptables", "-F");
    }

    /** A file system in memory of so many megabytes, on {@code folder}. */
    static void mount(Path folder, int megabytes) {
        Shell.run(LIMIT, "mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "vibn-chaos", folder.toString());
    }

    static void unmount(Path folder) {
        Shell.run(LIMIT, "umount", folder.toString());
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }

    private void inside(String... command) {
        String[] all = new String[command.length + 2];
        all[0] = "nsenter";
        all[1] = "--net=/proc/" + holder.pid() + "/ns/net";
        System.arraycopy(command, 0, all, 2, command.length);
        Shell.run(LIMIT, all);
    }

    private static void ip(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "ip";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Shell.run(LIMIT, all);
    }

    private static void awaitOwnNetwork(String pid) throws IOException {
        Path ours = Path.of("/proc/self/ns/net");
        Path theirs = Path.of("/proc", pid, "ns/net");
        for (int i = 0; i < 100; i++) {
            if (!Files.readSymbolicLink(ours).equals(Files.readSymbolicLink(theirs))) {
                return;
            }
            Shell.run(LIMIT, "sleep", "0.05");
        }
        throw new StageFailure("The network namespace was not made.");
    }
}

package io.millrace.system.nemesis;

import io.millrace.system.cluster.ServerProcess;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Processes that die or hang at the same time.
 *
 * @param strike what happens to each
 * @param mend what puts each right
 */
record ProcessFault(
        FaultKind kind, List<ServerProcess> processes, Consumer<ServerProcess> strike, Consumer<ServerProcess> mend)
        implements Fault {
    static ProcessFault killed(FaultKind kind, List<ServerProcess> processes) {
        return new ProcessFault(kind, processes, ServerProcess::kill, ServerProcess::start);
    }

    static ProcessFault paused(FaultKind kind, ServerProcess process) {
        return new ProcessFault(kind, List.of(process), ServerProcess::pause, ServerProcess::resume);
    }

    static ProcessFault stopped(FaultKind kind, ServerProcess process) {
        return new ProcessFault(kind, List.of(process), ServerProcess::stop, ServerProcess::start);
    }

    @Override
    public String name() {
        return kind + " " + processes.stream().map(ServerProcess::name).collect(Collectors.joining(", "));
    }

    @Override
    public Set<String> victims() {
        return processes.stream().map(ServerProcess::name).collect(Collectors.toSet());
    }

    @Override
    public void begin() {
        processes.parallelStream().forEach(strike);
    }

    @Override
    public void end() {
        processes.forEach(mend);
    }
}

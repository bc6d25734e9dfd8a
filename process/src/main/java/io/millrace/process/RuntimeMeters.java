package io.millrace.process;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The process and its JVM under the names of Prometheus' own client libraries, which dashboards and rules for any process
 * query. Beside Micrometer's, of which jvm_memory_used_bytes and process_start_time_seconds have those names already.
 */
final class RuntimeMeters implements MeterBinder {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final long BYTES_PER_KIB = 1024;

    @Override
    public void bindTo(MeterRegistry registry) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        gauge(registry, "jvm.threads.current", "Platform threads", null, threads::getThreadCount);
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            FunctionTimer.builder(
                            "jvm.gc.collection",
                            collector,
                            GarbageCollectorMXBean::getCollectionCount,
                            GarbageCollectorMXBean::getCollectionTime,
                            TimeUnit.MILLISECONDS)
                    .description("Time spent in garbage collections")
                    .tag("gc", collector.getName())
                    .register(registry);
        }
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            FunctionCounter.builder("process.cpu", system, process -> process.getProcessCpuTime() / NANOS_PER_SECOND)
                    .description("CPU time that the process has used")
                    .baseUnit("seconds")
                    .register(registry);
            gauge(registry, "process.open.fds", "Open files", null, system::getOpenFileDescriptorCount);
            gauge(registry, "process.max.fds", "Files that may be open", null, system::getMaxFileDescriptorCount);
        }
        if (Files.isReadable(STATUS)) {
            gauge(
                    registry,
                    "process.resident.memory",
                    "Memory that the process takes, heap and everything else",
                    "bytes",
                    RuntimeMeters::residentBytes);
        }
    }

    private static void gauge(
            MeterRegistry registry, String name, String description, @Nullable String unit, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).baseUnit(unit).register(registry);
    }

    /** Linux writes it as {@code VmRSS:   123456 kB}. */
    private static double residentBytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KIB)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}

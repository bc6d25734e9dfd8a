package io.millrace.controller.app;

import io.millrace.process.ServiceProcess;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** A controller in a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ControllerConfiguration.class, ControllerRpcConfiguration.class})
public class ControllerMain {
    /** Runs until the process is asked to stop. */
    public static void main(String[] arguments) {
        ServiceProcess.run("millrace-controller", ControllerMain.class, arguments);
    }
}

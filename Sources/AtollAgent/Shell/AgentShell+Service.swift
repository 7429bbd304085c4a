import AtollCore
import AtollLoop
import Glibc
import Logging

// The process: signals, the service manager, the topology read now and then.
extension AgentShell {
    func handleSignals() throws(AgentError) {
        do throws(LoopError) {
            signals = try SignalSource(on: loop, signals: [SIGTERM, SIGINT]) { _ in self.stop() }
        } catch {
            throw AgentError(.system(EINVAL), error.description)
        }
    }

    /// Says goodbye and ends; the pods run on (I7).
    private func stop() {
        log.notice("agent stopping, its pods run on")
        notifier.stopping()
        handle(.stopping)
        endWhenFlushed()
    }

    func endWhenFlushed() {
        if closing.isEmpty { loop.stop() }
    }

    func startReadings() throws(AgentError) {
        timers.topology = LoopTimer(on: loop) { self.readTopology() }
        timers.topology?.arm(after: settings.topologyInterval)
        // What is below another root is no host of this kernel's.
        guard settings.root == "/" else { return }
        deviceEvents = try DeviceEvents(on: loop) {
            if let delay = self.readings.changeAnnounced() { self.timers.topology?.arm(after: delay) }
        }
    }

    private func readTopology() {
        if readings.timerFired() { reader.forget() }
        let reader = reader
        Task {
            let reading = await reader.readElsewhere()
            self.reader = reading.reader
            handle(.topologyRead(reading.facts))
            timers.topology?.arm(after: readings.readingEnded())
        }
    }

    func startWatchdog() {
        guard let interval = notifier.watchdogInterval else { return }
        timers.watchdog = LoopTimer(on: loop) { self.feedWatchdog(interval) }
        feedWatchdog(interval)
    }

    private func feedWatchdog(_ interval: Duration) {
        notifier.watchdog()
        timers.watchdog?.arm(after: interval / 2)
    }
}

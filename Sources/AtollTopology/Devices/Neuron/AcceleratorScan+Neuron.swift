import AtollModel

extension AcceleratorScan {
    /// Where the class shows devices they are what the runtime counts, and stand for the PCI functions that their driver
    /// has. Functions without the driver stay, to be seen as unusable.
    mutating func addNeuronClass() {
        let devices = NeuronDevice.readAll(tree, &warnings)
        if devices.isEmpty { return }
        let functions = accelerators.filter { $0.device.vendor == .aws && $0.device.driver == "neuron" }
        accelerators.removeAll { $0.device.vendor == .aws && $0.device.driver == "neuron" }
        for device in devices { add(device, functions) }
        let names = Dictionary(
            zip(devices.map(\.number), accelerators.suffix(devices.count).map(\.linkName)),
            uniquingKeysWith: { first, _ in first }
        )
        neuronLinks = devices.flatMap { device in
            device.peers.filter { device.number < $0 }.compactMap { peer in
                guard let from = names[device.number], let to = names[peer] else { return nil }
                return DeviceLink(.neuron, from: from, to: to)
            }
        }
        if functions.count > devices.count {
            warnings.add(
                "\(functions.count) PCI functions have the driver neuron, and it shows \(devices.count) devices"
            )
        }
    }

    private mutating func add(_ neuron: NeuronDevice, _ functions: [Accelerator]) {
        let entry = functions.first { $0.function?.address == neuron.parent }
        // All functions of a host are of one kind where the device itself does not say.
        let model = neuron.name.isEmpty ? functions.first?.device.model ?? "Neuron" : neuron.name
        let device = Device(
            index: 0,
            vendor: .aws,
            model: model,
            pciAddress: entry?.device.pciAddress ?? "",
            numaNode: entry?.device.numaNode,
            driver: "neuron",
            uniqueID: neuron.serialNumber
        )
        var accelerator = Accelerator(
            device: device,
            function: entry?.function,
            serialNumber: neuron.serialNumber,
            coreCount: neuron.coreCount,
            deviceNode: "/dev/neuron\(neuron.number)",
            isKnown: true,
            isEnumerated: true
        )
        accelerator.health.uncorrectableMemoryErrors = neuron.uncorrectableErrors
        accelerators.append(accelerator)
    }
}

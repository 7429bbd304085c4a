/// PCI vendor ids of those who make accelerators.
enum PCIVendor {
    static let nvidia: UInt16 = 0x10de
    static let amd: UInt16 = 0x1002
    static let google: UInt16 = 0x1ae0
    static let habana: UInt16 = 0x1da3
    static let amazon: UInt16 = 0x1d0f
    static let intel: UInt16 = 0x8086
    static let nec: UInt16 = 0x1bcf
}

/// Names of known accelerators by PCI device id. Sources: NVIDIA open-gpu-kernel-modules README, libdrm amdgpu.ids,
/// Google tpu_info, habanalabs and aws-neuron drivers, Linux xe_pciids.h.
enum ModelTable {
    static func name(vendor: UInt16, device: UInt16) -> String? { tables[vendor]?[device] }

    /// `<vendor id>:<device id>`, for what no table knows.
    static func placeholder(vendor: UInt16, device: UInt16) -> String {
        "\(vendor.hexadecimal(digits: 4)):\(device.hexadecimal(digits: 4))"
    }

    private static let tables: [UInt16: [UInt16: String]] = [
        PCIVendor.nvidia: nvidia, PCIVendor.amd: amd, PCIVendor.google: google, PCIVendor.habana: habana,
        PCIVendor.amazon: amazon, PCIVendor.intel: intel, PCIVendor.nec: [0x001c: "Vector Engine"],
    ]

    private static let nvidia: [UInt16: String] = [
        0x15f8: "P100 PCIe 16GB", 0x1db1: "V100 SXM2 16GB", 0x1db8: "V100 SXM3 32GB H", 0x1eb8: "T4",
        0x20b0: "A100 SXM4 40GB", 0x20b2: "A100 SXM4 80GB", 0x20b3: "A100 SXM 64GB", 0x20b5: "A100 PCIe 80GB",
        0x20b7: "A30", 0x20bd: "A800 SXM4", 0x20f1: "A100 PCIe 40GB", 0x20f3: "A800 SXM4", 0x20f5: "A800 PCIe",
        0x2236: "A10", 0x2321: "H100 NVL", 0x2322: "H800 PCIe", 0x2324: "H800", 0x2329: "H20", 0x2330: "H100 SXM",
        0x2331: "H100 PCIe", 0x2335: "H200 SXM", 0x2339: "H100 SXM 64GB", 0x233a: "H800 NVL", 0x233b: "H200 NVL",
        0x2342: "GH200", 0x2348: "GH200 144GB", 0x230e: "H20 NVL16", 0x26b9: "L40S", 0x27b8: "L4", 0x2901: "B200",
        0x2941: "GB200", 0x2bb5: "RTX PRO 6000 SE", 0x2e12: "GB10", 0x3182: "B300", 0x31c2: "GB300",
    ]

    private static let amd: [UInt16: String] = [
        0x6860: "MI25", 0x66a1: "MI50", 0x738c: "MI100", 0x7408: "MI250X", 0x740c: "MI250X", 0x740f: "MI210",
        0x74a0: "MI300A", 0x74a1: "MI300X", 0x74a2: "MI308X", 0x74a5: "MI325X", 0x74a8: "MI308X HF",
        0x74a9: "MI300X HF", 0x74b5: "MI300X VF", 0x74b6: "MI308X", 0x74b9: "MI325X VF", 0x74bc: "MI308X HF VF",
        0x74bd: "MI300X HF", 0x75a0: "MI350X", 0x75a3: "MI355X", 0x75b0: "MI350X VF", 0x75b3: "MI355X VF",
    ]

    private static let google: [UInt16: String] = [
        0x0027: "TPU v2/v3", 0x0056: "TPU v4i", 0x005e: "TPU v4", 0x0062: "TPU v5p", 0x0063: "TPU v5e",
        0x006f: "TPU v6e", 0x0076: "TPU 7x", 0x007c: "TPU 8t", 0x0083: "TPU 8i",
    ]

    private static let habana: [UInt16: String] = [
        0x0001: "Goya", 0x1000: "Gaudi", 0x1010: "Gaudi", 0x1011: "Gaudi", 0x1020: "Gaudi2", 0x1030: "Gaudi3",
        0x1060: "Gaudi3", 0x1061: "Gaudi3", 0x1062: "Gaudi3", 0x1063: "Gaudi3",
    ]

    private static let amazon: [UInt16: String] = [
        0x7064: "Inferentia", 0x7065: "Inferentia", 0x7066: "Inferentia", 0x7067: "Inferentia",
        0x7164: "Trainium", 0x7264: "Inferentia2", 0x7364: "Trainium2",
    ]

    private static let intel: [UInt16: String] = [
        0x0bd4: "Max", 0x0bd5: "Max 1550", 0x0bd6: "Max 1550", 0x0bd7: "Max 1350", 0x0bd8: "Max 1350",
        0x0bd9: "Max 1100", 0x0bda: "Max 1100", 0x0bdb: "Max 1100", 0x56c0: "Flex 170", 0x56c1: "Flex 140",
    ]
}

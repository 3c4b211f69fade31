using System.Runtime.InteropServices;

namespace Ecart.Embedded.Provisioning;

/// <summary>How Debian names an architecture, its library folder and its program loader.</summary>
internal sealed record DebianArchitecture(string Name, string LibraryFolder, string Loader)
{
    /// <returns>Null for an architecture that is not provisioned.</returns>
    public static DebianArchitecture? Find(Architecture architecture) => architecture switch
    {
        Architecture.X64 => new DebianArchitecture("amd64", "usr/lib/x86_64-linux-gnu", "ld-linux-x86-64.so.2"),
        Architecture.Arm64 => new DebianArchitecture("arm64", "usr/lib/aarch64-linux-gnu", "ld-linux-aarch64.so.1"),
        _ => null,
    };
}

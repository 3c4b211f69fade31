using System.Runtime.InteropServices;
using Ecart.Embedded.Processes;

namespace Ecart.Embedded.Provisioning;

/// <summary>What provisioning uses of the machine.</summary>
/// <param name="ProgramFolders">Where apt-get and dpkg are looked for.</param>
/// <param name="AptFolder">Folder of apt's configuration and source files.</param>
/// <param name="KeyringFolder">Folder of the distribution's archive keys.</param>
/// <param name="MirrorOverride">Debian mirror to use whatever the source files say; null to read them.</param>
/// <param name="Architecture">Processor architecture.</param>
internal sealed record AptHost(
    IReadOnlyList<string> ProgramFolders, string AptFolder, string KeyringFolder, string? MirrorOverride, Architecture Architecture)
{
    private static readonly string[] Keyrings = ["debian-archive-keyring.gpg", "debian-archive-keyring.pgp"];

    public static AptHost System() => new(
        ProgramPath.Folders(), "/etc/apt", "/usr/share/keyrings",
        Environment.GetEnvironmentVariable("ECART_DEBIAN_MIRROR") is { Length: > 0 } mirror ? mirror : null,
        RuntimeInformation.OSArchitecture);

    /// <summary>Everything provisioning needs.</summary>
    /// <exception cref="Exception">Something is missing: as <see cref="DebianPackages.MakeError"/> makes it.</exception>
    public AptPlan Plan(DebianPackages packages)
    {
        var aptGet = ProgramPath.Find("apt-get", ProgramFolders);
        var dpkg = ProgramPath.Find("dpkg", ProgramFolders);
        if (aptGet is null || dpkg is null)
        {
            var missing = string.Join(" and ", new[] { aptGet is null ? "apt-get" : null, dpkg is null ? "dpkg" : null }.OfType<string>());
            throw packages.MakeError(
                $"{packages.Absence}, and PATH lacks what fetches one: {missing}.");
        }

        if (DebianArchitecture.Find(Architecture) is not { } architecture)
        {
            throw packages.MakeError(
                $"{packages.Absence}; one can be fetched for x64 and arm64 only, not for {Architecture}.");
        }

        var keyring = Keyrings.Select(name => Path.Combine(KeyringFolder, name)).FirstOrDefault(File.Exists) ??
            throw packages.MakeError(
                $"{packages.Absence}, and {KeyringFolder} has no Debian keys to verify Debian's packages with " +
                "(package debian-archive-keyring).");
        var mirror = MirrorOverride ?? AptSources.DebianMirror(AptSources.Read(AptFolder)) ??
            throw packages.MakeError(
                $"{packages.Absence}, and the apt sources below {AptFolder} name no Debian mirror to fetch it from. " +
                "Set ECART_DEBIAN_MIRROR to the address of one.");
        return new AptPlan(aptGet, dpkg, AptFolder, keyring, mirror, architecture);
    }
}

using Ecart.Embedded.Processes;

namespace Ecart.Embedded.Provisioning;

/// <summary>Puts Debian's MariaDB 11.8 into the cache folder, run by its own loader and libraries.</summary>
internal sealed class MariaDbProvisioner(string cacheFolder, AptHost host)
{
    internal static readonly DebianPackages Packages = new(
        "mariadb",
        "MariaDB",
        $"No MariaDB {MariaDbVersion.Least} or newer on this machine",
        // The release that has MariaDB 11.8.
        "trixie",
        ["mariadb-server-core", "mariadb-client-core"],
        EmbeddedMariaDbException.WithRemedy);

    private readonly PackageProvisioner<MariaDbInstallation> provisioner = new(cacheFolder, host, Packages, InspectAsync);

    /// <summary>Finds what was provisioned, or provisions it.</summary>
    /// <exception cref="EmbeddedMariaDbException">Something that provisioning needs is missing, or the mirror does not answer.</exception>
    public Task<MariaDbInstallation> EnsureAsync(IProgress<string>? progress, CancellationToken cancellation) =>
        provisioner.EnsureAsync(progress, cancellation);

    private static async Task<MariaDbInstallation?> InspectAsync(
        string root, DebianArchitecture architecture, CancellationToken cancellation)
    {
        var libraries = Path.Combine(root, architecture.LibraryFolder);
        var loader = Path.Combine(libraries, architecture.Loader);
        var share = Path.Combine(root, "usr/share/mariadb");
        if (!File.Exists(loader) || !MariaDbInstallation.IsShareFolder(share)) return null;
        string[] command = [loader, "--library-path", libraries, Path.Combine(root, "usr/sbin/mariadbd")];
        return await ServerProgram.ReadVersionAsync(command, cancellation) is { HasVectors: true } version
            ? new MariaDbInstallation(version, command, Path.Combine(root, "usr"), share)
            : null;
    }
}

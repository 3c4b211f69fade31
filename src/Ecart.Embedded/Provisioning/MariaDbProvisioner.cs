using Ecart.Embedded.Processes;

namespace Ecart.Embedded.Provisioning;

/// <summary>
/// Puts Debian's MariaDB 11.8 into the cache folder, unpacked beside the system and run by its own loader and libraries. Done once; safe
/// when several processes begin at once, and when one is killed at any moment: the folder appears by a rename, when it is whole and tried.
/// </summary>
internal sealed class MariaDbProvisioner(string cacheFolder, AptHost host)
{
    /// <summary>Finds what was provisioned, or provisions it.</summary>
    /// <exception cref="EmbeddedMariaDbException">Something that provisioning needs is missing, or the mirror does not answer.</exception>
    public async Task<MariaDbInstallation> EnsureAsync(IProgress<string>? progress, CancellationToken cancellation)
    {
        // The cache is looked at first: what is there serves without apt.
        var architecture = DebianArchitecture.Find(host.Architecture);
        if (architecture is not null && await ExistingAsync(architecture, cancellation) is { } existing) return existing;
        var plan = host.Plan();
        Directory.CreateDirectory(cacheFolder);
        var lockFile = Path.Combine(cacheFolder, "mariadb.lock");
        await using var held = await FileLock.TakeAsync(
            lockFile, () => progress?.Report("Another process is fetching MariaDB, waiting for it ..."), cancellation);
        return await ExistingAsync(plan.Architecture, cancellation) ?? await ProvisionAsync(plan, progress, cancellation);
    }

    private async Task<MariaDbInstallation> ProvisionAsync(AptPlan plan, IProgress<string>? progress, CancellationToken cancellation)
    {
        var logFile = Path.Combine(cacheFolder, "mariadb.log");
        File.Delete(logFile);
        var aptFolder = Path.Combine(cacheFolder, "apt");
        var apt = new PrivateApt(plan, aptFolder, logFile);
        var packages = await apt.DownloadAsync(progress, cancellation);

        progress?.Report($"Unpacking {packages.Count} packages ...");
        var unfinished = Path.Combine(cacheFolder, "mariadb.unfinished");
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);
        foreach (var package in packages) await apt.UnpackAsync(package, unfinished, cancellation);
        _ = await InspectAsync(unfinished, plan.Architecture, cancellation) ?? throw EmbeddedMariaDbException.WithRemedy(
            $"The MariaDB fetched from {plan.Mirror} does not run on this machine (unpacked in {unfinished}).");

        var final = InstallationFolder(plan.Architecture);
        if (Directory.Exists(final)) Directory.Delete(final, recursive: true);
        Directory.Move(unfinished, final);
        Directory.Delete(aptFolder, recursive: true);
        var installation = await ExistingAsync(plan.Architecture, cancellation)
            ?? throw EmbeddedMariaDbException.WithRemedy($"{final} was removed while it was being made.");
        progress?.Report($"MariaDB {installation.Version} is ready in {final}");
        return installation;
    }

    private string InstallationFolder(DebianArchitecture architecture) =>
        Path.Combine(cacheFolder, $"mariadb-{PrivateApt.Suite}-{architecture.Name}");

    private Task<MariaDbInstallation?> ExistingAsync(DebianArchitecture architecture, CancellationToken cancellation) =>
        InspectAsync(InstallationFolder(architecture), architecture, cancellation);

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

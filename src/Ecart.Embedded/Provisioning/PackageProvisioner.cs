using Ecart.Embedded.Processes;

namespace Ecart.Embedded.Provisioning;

/// <summary>
/// Puts programs of Debian into the cache folder, unpacked beside the system. Done once; safe when several processes begin at once, and when one is killed at
/// any moment: the folder appears by a rename, when it is whole and tried.
/// </summary>
/// <typeparam name="TInstallation">What is known of the programs once they are there.</typeparam>
/// <param name="cacheFolder">The cache folder.</param>
/// <param name="host">What is used of the machine.</param>
/// <param name="packages">What to fetch.</param>
/// <param name="inspectAsync">Tries what is unpacked in a folder; null when it is not there or does not run.</param>
internal sealed class PackageProvisioner<TInstallation>(
    string cacheFolder, AptHost host, DebianPackages packages, Func<string, DebianArchitecture, CancellationToken, Task<TInstallation?>> inspectAsync)
    where TInstallation : class
{
    /// <summary>Finds what was provisioned, or provisions it.</summary>
    /// <exception cref="Exception">Something that provisioning needs is missing, or the mirror does not answer: as <see cref="DebianPackages.MakeError"/> makes it.</exception>
    public async Task<TInstallation> EnsureAsync(IProgress<string>? progress, CancellationToken cancellation)
    {
        // The cache is looked at first: what is there serves without apt.
        var architecture = DebianArchitecture.Find(host.Architecture);
        if (architecture is not null && await ExistingAsync(architecture, cancellation) is { } existing) return existing;
        var plan = host.Plan(packages);
        Directory.CreateDirectory(cacheFolder);
        await using var held = await FileLock.TakeAsync(
            InCache("lock"), () => progress?.Report($"Another process is fetching {packages.Title}, waiting for it ..."), cancellation);
        return await ExistingAsync(plan.Architecture, cancellation) ?? await ProvisionAsync(plan, progress, cancellation);
    }

    private async Task<TInstallation> ProvisionAsync(AptPlan plan, IProgress<string>? progress, CancellationToken cancellation)
    {
        var logFile = InCache("log");
        File.Delete(logFile);
        var aptFolder = InCache("apt");
        var apt = new PrivateApt(plan, packages, aptFolder, logFile);
        var files = await apt.DownloadAsync(progress, cancellation);

        progress?.Report($"Unpacking {files.Count} packages ...");
        var unfinished = InCache("unfinished");
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);
        foreach (var file in files) await apt.UnpackAsync(file, unfinished, cancellation);
        _ = await inspectAsync(unfinished, plan.Architecture, cancellation) ?? throw packages.MakeError(
            $"The {packages.Title} fetched from {plan.Mirror} does not run on this machine (unpacked in {unfinished}).");

        var final = InstallationFolder(plan.Architecture);
        if (Directory.Exists(final)) Directory.Delete(final, recursive: true);
        Directory.Move(unfinished, final);
        Directory.Delete(aptFolder, recursive: true);
        var installation = await ExistingAsync(plan.Architecture, cancellation)
            ?? throw packages.MakeError($"{final} was removed while it was being made.");
        progress?.Report($"{packages.Title} is ready in {final}");
        return installation;
    }

    private string InCache(string extension) => Path.Combine(cacheFolder, $"{packages.Key}.{extension}");

    private string InstallationFolder(DebianArchitecture architecture) =>
        Path.Combine(cacheFolder, $"{packages.Key}-{packages.Suite}-{architecture.Name}");

    private Task<TInstallation?> ExistingAsync(DebianArchitecture architecture, CancellationToken cancellation) =>
        inspectAsync(InstallationFolder(architecture), architecture, cancellation);
}

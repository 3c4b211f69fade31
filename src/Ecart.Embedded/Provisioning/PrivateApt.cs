using System.Text.RegularExpressions;
using Ecart.Embedded.Processes;

namespace Ecart.Embedded.Provisioning;

/// <summary>
/// apt with its own state, cache and sources and an empty list of installed packages: it resolves everything down to the C library,
/// needs no root and never touches the system. Lists and packages already fetched are kept, so that a broken-off run goes on where it was.
/// </summary>
internal sealed partial class PrivateApt(AptPlan plan, DebianPackages packages, string folder, string logFile)
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ProgressPeriod = TimeSpan.FromSeconds(1);

    private string Archives => Path.Combine(folder, "cache", "archives");

    private string ConfigurationFile => Path.Combine(folder, "apt.conf");

    /// <summary>Fetches the packages.</summary>
    /// <returns>Paths of the package files.</returns>
    public async Task<IReadOnlyList<string>> DownloadAsync(IProgress<string>? progress, CancellationToken cancellation)
    {
        WriteConfiguration();
        progress?.Report($"Reading the package lists of Debian {packages.Suite} ...");
        await RunAsync([plan.AptGet, "-qq", "-o", "APT::Update::Error-Mode=any", "update"], logFile, cancellation);
        // Packages of an earlier, broken-off run that the mirror has replaced since must not be unpacked over the new ones.
        await RunAsync([plan.AptGet, "-qq", "autoclean"], logFile, cancellation);
        var listing = Path.Combine(folder, "packages.txt");
        File.Delete(listing);
        await RunAsync([plan.AptGet, "-qq", "-y", "--print-uris", "install", .. packages.Names], listing, cancellation);
        var left = ParseSizes(await File.ReadAllTextAsync(listing, cancellation));
        await DownloadAsync(left, progress, cancellation);
        return Directory.GetFiles(Archives, "*.deb");
    }

    /// <summary>Unpacks one package below <paramref name="root"/>, running none of its scripts.</summary>
    public Task UnpackAsync(string package, string root, CancellationToken cancellation) =>
        RunAsync([plan.Dpkg, "-x", package, root], logFile, cancellation);

    /// <summary>Bytes apt would fetch, from the lines <c>'address' file size hash</c> it prints.</summary>
    internal static long ParseSizes(string printedAddresses) =>
        SizePattern().Matches(printedAddresses).Sum(match => long.Parse(match.Groups[1].Value));

    private async Task DownloadAsync(long bytes, IProgress<string>? progress, CancellationToken cancellation)
    {
        if (bytes == 0) return;
        var before = FetchedBytes();
        progress?.Report($"Downloading {packages.Title} and its libraries, {Megabytes(bytes)} MB ...");
        var download = RunAsync([plan.AptGet, "-qq", "-y", "--download-only", "install", .. packages.Names], logFile, cancellation);
        while (await Task.WhenAny(download, Task.Delay(ProgressPeriod, cancellation)) != download)
        {
            progress?.Report($"Downloading {packages.Title}: {Megabytes(FetchedBytes() - before)} of {Megabytes(bytes)} MB");
        }

        await download;
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0");

    private long FetchedBytes() =>
        new DirectoryInfo(Archives).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Exists ? file.Length : 0);

    private void WriteConfiguration()
    {
        var parts = Directory.CreateDirectory(Path.Combine(folder, "parts")).FullName;
        var state = Path.Combine(folder, "state");
        Directory.CreateDirectory(Path.Combine(state, "lists", "partial"));
        Directory.CreateDirectory(Path.Combine(Archives, "partial"));
        var status = Path.Combine(folder, "status");
        File.WriteAllText(status, "");
        var sources = Path.Combine(folder, "sources.list");
        File.WriteAllText(sources, $"deb [arch={plan.Architecture.Name} signed-by={plan.Keyring}] {plan.Mirror} {packages.Suite} main\n");
        // The system's configuration goes first, so that its proxies stay in force and ours has the last word. Its hooks are cleared: they
        // act on the system, for instance by emptying its cache.
        File.WriteAllText(ConfigurationFile, $"""
            {string.Join('\n', SystemConfiguration().Select(path => $"#include \"{path}\";"))}
            Dir::Etc::main "/dev/null";
            Dir::Etc::parts "{parts}";
            Dir::Etc::sourcelist "{sources}";
            Dir::Etc::sourceparts "{parts}";
            Dir::Etc::preferences "{parts}/preferences";
            Dir::Etc::preferencesparts "{parts}";
            Dir::State "{state}";
            Dir::State::status "{status}";
            Dir::Cache "{Path.Combine(folder, "cache")}";
            APT::Architecture "{plan.Architecture.Name}";
            APT::Install-Recommends "false";
            APT::Sandbox::User "";
            Debug::NoLocking "true";
            Acquire::Languages "none";
            Acquire::Retries "3";
            #clear APT::Update::Pre-Invoke;
            #clear APT::Update::Post-Invoke;
            #clear APT::Update::Post-Invoke-Success;
            #clear DPkg::Pre-Invoke;
            #clear DPkg::Post-Invoke;
            """);
    }

    private IEnumerable<string> SystemConfiguration()
    {
        var main = Path.Combine(plan.AptFolder, "apt.conf");
        var parts = Path.Combine(plan.AptFolder, "apt.conf.d");
        if (Directory.Exists(parts)) yield return parts + "/";
        if (File.Exists(main)) yield return main;
    }

    private async Task RunAsync(IReadOnlyList<string> command, string output, CancellationToken cancellation)
    {
        var environment = new Dictionary<string, string>
        {
            ["APT_CONFIG"] = ConfigurationFile,
            ["DEBIAN_FRONTEND"] = "noninteractive",
            ["LC_ALL"] = "C",
        };
        await using var process = GuardedProcess.Start(command, output, StopTimeout, environment: environment);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode == 0) return;
        throw packages.MakeError(
            $"{packages.Title} could not be fetched from {plan.Mirror} (is this machine offline?): {Path.GetFileName(command[0])} ended with code " +
            $"{process.ExitCode}.\n{LogTail.Read(output)}\n");
    }

    [GeneratedRegex(@"^'[^']*' \S+ (\d+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex SizePattern();
}

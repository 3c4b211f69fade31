using System.ComponentModel;
using System.Diagnostics;
using Ecart.Embedded;
using Ecart.Embedded.Processes;
using Ecart.Embedded.Provisioning;

namespace Ecart.TestKit.Browsing;

/// <summary>
/// Chromium of this machine, else Debian's, unpacked into the cache folder with its libraries and a font: no root, nothing installed.
/// </summary>
/// <param name="Program">The program.</param>
/// <param name="Variables">Environment variables that it needs beside those of this process.</param>
public sealed record Chromium(string Program, IReadOnlyDictionary<string, string> Variables)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Of the oldest release that is looked after: it runs with the C library of this machine, because Chromium starts itself again by the path of its own
    /// program, which a loader of its own would have taken.
    /// </summary>
    internal static readonly DebianPackages Packages = new(
        "chromium", "Chromium", "No Chromium on this machine", "bookworm", ["chromium", "fonts-dejavu-core"], problem => new ProvisioningException(problem));

    /// <summary>Finds it, or fetches it. Without it the test is skipped, and fails in continuous integration.</summary>
    public static async Task<Chromium> RequireAsync(CancellationToken cancellationToken)
    {
        string[] folders = [.. ProgramPath.Folders(), "/usr/bin"];
        if (ProgramPath.Find("chromium", folders) is { } installed && await RunsAsync(new Chromium(installed, NoVariables), cancellationToken))
            return new Chromium(installed, NoVariables);
        try
        {
            return await FetchAsync(DefaultFolders.Cache(), AptHost.System(), null, cancellationToken);
        }
        catch (ProvisioningException problem)
        {
            Require.Part(false, "Chromium", problem.Message + " Install Debian's package chromium.");
            throw;
        }
    }

    /// <summary>Fetches it into a cache folder, unless it is there.</summary>
    /// <exception cref="ProvisioningException">It cannot be had.</exception>
    internal static Task<Chromium> FetchAsync(string cacheFolder, AptHost host, IProgress<string>? progress, CancellationToken cancellationToken) =>
        new PackageProvisioner<Chromium>(cacheFolder, host, Packages, InspectAsync).EnsureAsync(progress, cancellationToken);

    private static IReadOnlyDictionary<string, string> NoVariables { get; } = new Dictionary<string, string>();

    private static async Task<Chromium?> InspectAsync(string root, DebianArchitecture architecture, CancellationToken cancellationToken)
    {
        string program = Path.Combine(root, "usr/lib/chromium/chromium");
        if (!File.Exists(program)) return null;
        UnpackedTree.LeaveToSystem(root, architecture);
        var chromium = new Chromium(program, new Dictionary<string, string>
        {
            ["LD_LIBRARY_PATH"] = UnpackedTree.LibraryPath(root, architecture),
            ["FONTCONFIG_FILE"] = UnpackedTree.WriteFontConfiguration(root),
        });
        return await RunsAsync(chromium, cancellationToken) ? chromium : null;
    }

    /// <summary>Whether it runs at all: a library that is missing shows here.</summary>
    private static async Task<bool> RunsAsync(Chromium chromium, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(chromium.Program, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in chromium.Variables) start.Environment[name] = value;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        Process? process = null;
        try
        {
            process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            _ = await process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode == 0 && (await output).Contains("Chromium", StringComparison.Ordinal);
        }
        catch (Win32Exception)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process?.Kill(entireProcessTree: true);
            return false;
        }
        finally
        {
            process?.Dispose();
        }
    }
}

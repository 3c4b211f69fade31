using System.Diagnostics;

namespace Ecart.TestKit;

/// <summary>Prometheus and promtool: those of this machine, else Debian's package, unpacked into the cache folder. Both are single static programs.</summary>
public static class PrometheusProgram
{
    private const string Package = "prometheus";
    private static readonly Lock Fetching = new();

    private static string CacheFolder => Path.Combine(
        Environment.GetEnvironmentVariable("ECART_CACHE")
            ?? Path.Combine(
                Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
                "ecart"),
        Package);

    /// <summary>Finds a program of the package, or fetches it. Without it the test is skipped, and fails in continuous integration.</summary>
    /// <param name="name"><c>prometheus</c> or <c>promtool</c>.</param>
    /// <returns>Its path.</returns>
    public static string RequirePath(string name)
    {
        string problem = "";
        string? found = Find(name);
        if (found is null)
        {
            lock (Fetching) found = Find(name) ?? (TryFetch(out problem) ? Find(name) : null);
        }

        Require.Part(found is not null, "Prometheus", $"install Debian's package {Package}, or put {name} on PATH. {problem}");
        return found!;
    }

    /// <summary>Runs promtool to its end.</summary>
    /// <returns>Whether it was content, and all that it said.</returns>
    public static async Task<(bool IsGood, string Said)> CheckAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using Process process = Start(RequirePath("promtool"), Path.GetTempPath(), arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        string errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode == 0, await output + errors);
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append(Path.Combine(CacheFolder, "usr/bin"))
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Needs no root: the package is downloaded and unpacked, not installed. Unpacked elsewhere first, so that a test beside this one finds all or nothing.</summary>
    private static bool TryFetch(out string problem)
    {
        string folder = Directory.CreateDirectory($"{CacheFolder}.{Environment.ProcessId}").FullName;
        try
        {
            problem = Run("apt-get", folder, "download", "-q", Package);
            if (problem.Length > 0)
            {
                // The list of packages may be absent or old; only root may renew it.
                Run("apt-get", folder, "update", "-q");
                problem = Run("apt-get", folder, "download", "-q", Package);
            }

            if (Directory.GetFiles(folder, "*.deb") is not [string archive]) return false;
            problem = Run("dpkg-deb", folder, "-x", archive, folder);
            File.Delete(archive);
            if (!Directory.Exists(CacheFolder)) Directory.Move(folder, CacheFolder);
            return true;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            problem = error.Message;
            return false;
        }
        finally
        {
            TestFolder.Delete(folder);
        }
    }

    private static string Run(string program, string folder, params string[] arguments)
    {
        using Process process = Start(program, folder, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? "" : output.Result + errors;
    }

    private static Process Start(string program, string folder, string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder })!;
}

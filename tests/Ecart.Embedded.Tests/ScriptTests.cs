using System.Diagnostics;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Embedded.Tests;

/// <summary>What the script <c>ecart</c> says before it builds anything.</summary>
public sealed class ScriptTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("help")]
    [InlineData(null)]
    public async Task Script_Help_NamesEveryCommand(string? argument)
    {
        var (code, output, _) = await RunAsync(argument is null ? [] : [argument], path: null);

        Assert.Equal(0, code);
        Assert.All(["demo", "serve", "test", "bench", "eval", "check", "setup"], command => Assert.Contains($"\n  {command}", output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Script_WithoutDotnet_SaysWhatToInstall()
    {
        using var programs = TestFolder.Create("path");
        foreach (var program in new[] { "bash", "readlink", "dirname" })
        {
            File.CreateSymbolicLink(Path.Combine(programs.Path, program), new[] { "/usr/bin/", "/bin/" }.Select(bin => bin + program).First(File.Exists));
        }

        var (code, _, errors) = await RunAsync(["test"], programs.Path);

        Assert.Equal(1, code);
        Assert.Contains(".NET 10 SDK is missing", errors, StringComparison.Ordinal);
    }

    /// <param name="first">What a project's test program prints last, and its exit code.</param>
    /// <param name="second">The same of another project.</param>
    /// <param name="code">Exit code the script must give.</param>
    /// <param name="last">Its last line.</param>
    [Theory]
    [InlineData("Total: 5, Errors: 0, Failed: 0, Skipped: 0, Not Run: 1;0", "Total: 0;0", 0, "4 passed, 0 failed")]
    [InlineData("Total: 5, Errors: 0, Failed: 0, Skipped: 2, Not Run: 0;0", "Total: 3, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0;0", 0, "6 passed, 0 failed, 2 skipped")]
    [InlineData("Total: 5, Errors: 0, Failed: 2, Skipped: 0, Not Run: 0;1", "Total: 3, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0;0", 1, "6 passed, 2 failed")]
    [InlineData("Total: 5, Errors: 1, Failed: 0, Skipped: 0, Not Run: 0;1", "Total: 0;0", 1, "5 passed, 1 failed")]
    [InlineData("Segmentation fault;139", "Total: 3, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0;0", 1, "3 passed, 1 failed")]
    [InlineData("Total: 3, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0;134", "Total: 0;0", 1, "3 passed, 1 failed")]
    [InlineData("ended without a word;0", "Total: 2, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0;0", 1, "2 passed, 1 failed")]
    [InlineData("Total: 0;0", "Total: 0;0", 1, "0 passed, 0 failed")]
    public async Task Script_Test_SumsProjectsInItsLastLine(string first, string second, int code, string last)
    {
        using var root = TestFolder.Create("script");
        File.Copy(Path.Combine(RepositoryRoot.Path, "ecart"), Path.Combine(root.Path, "ecart"));
        var programs = new[] { ("First.Tests", first), ("Second.Tests", second) };
        foreach (var (name, _) in programs)
        {
            var output = Directory.CreateDirectory(Path.Combine(root.Path, "tests", name, "bin/Release/net10.0")).FullName;
            File.WriteAllText(Path.Combine(root.Path, "tests", name, name + ".csproj"), "");
            File.WriteAllText(Path.Combine(output, name + ".dll"), "");
        }

        var cases = programs.Select(program =>
            $"*/{program.Item1}.dll) echo '   {program.Item1}  {program.Item2.Split(';')[0]}'; exit {program.Item2.Split(';')[1]} ;;");
        var dotnet = Path.Combine(root.Path, "dotnet");
        File.WriteAllText(dotnet, $"#!/bin/sh\ncase $1 in\n{string.Join('\n', cases)}\nesac\n");
        File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var (exitCode, text, errors) = await RunAsync(["test"], path: null, root.Path);

        Assert.Equal(last, text.TrimEnd('\n').Split('\n')[^1]);
        Assert.Equal((code, ""), (exitCode, errors));
    }

    /// <param name="arguments">Arguments of the script.</param>
    /// <param name="path">The PATH to run it with; null is this process's own.</param>
    /// <param name="root">The folder of the script, with a <c>dotnet</c> of its own; null is the repository.</param>
    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] arguments, string? path, string? root = null)
    {
        var start = new ProcessStartInfo("/bin/bash", [Path.Combine(root ?? RepositoryRoot.Path, "ecart"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Remove("DOTNET_ROOT");
        if (path is not null)
        {
            start.Environment["PATH"] = path;
            start.Environment["HOME"] = path;
        }

        if (root is not null)
        {
            start.Environment["DOTNET_ROOT"] = root;
            start.Environment["ECART_NO_BUILD"] = "1";
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}

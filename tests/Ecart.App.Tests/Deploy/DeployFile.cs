using System.Diagnostics;
using Ecart.TestKit;
using YamlDotNet.RepresentationModel;

namespace Ecart.App.Tests.Deploy;

/// <summary>Files of the folder deploy, and programs that look at them.</summary>
internal static class DeployFile
{
    /// <summary>The folder.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryRoot.Path, "deploy");

    /// <summary>The text of a file.</summary>
    public static string ReadText(string name) => File.ReadAllText(Path.Combine(Folder, name));

    /// <summary>A YAML file.</summary>
    public static YamlMappingNode ReadYaml(string name)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(ReadText(name));
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    /// <summary>The path of a program of this machine; null when it has none.</summary>
    public static string? FindProgram(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/bin")
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code, and all that it said.</returns>
    public static async Task<(int Code, string Said)> RunAsync(string program, string folder, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        string errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output + errors);
    }
}

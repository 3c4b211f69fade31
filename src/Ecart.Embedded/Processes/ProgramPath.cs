namespace Ecart.Embedded.Processes;

/// <summary>The folders of the PATH variable.</summary>
internal static class ProgramPath
{
    public static IReadOnlyList<string> Folders() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Full path of a program in the first folder that has it; null when none has.</summary>
    public static string? Find(string program, IEnumerable<string> folders) =>
        folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}

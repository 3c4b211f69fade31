using Ecart.App.Commands;

namespace Ecart.App.Serve;

/// <summary>Secrets, which settings only refer to: <c>${NAME}</c> is the environment variable <c>NAME</c>, <c>file:/path</c> the content of a file.</summary>
internal static class SecretText
{
    private const string FilePrefix = "file:";

    /// <summary>Whether a value refers to a secret.</summary>
    public static bool IsReference(string value) => IsVariable(value) || value.StartsWith(FilePrefix, StringComparison.Ordinal);

    /// <summary>Reads a secret.</summary>
    /// <param name="setting">Its place in the settings, for messages.</param>
    /// <param name="value">The reference.</param>
    /// <exception cref="CommandException">It is no reference, or refers to nothing. The message does not repeat it: it may be the secret itself.</exception>
    public static string Resolve(string setting, string value)
    {
        if (IsVariable(value))
        {
            string variable = value[2..^1];
            return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } secret
                ? secret
                : throw Wrong($"{setting} is to come from the environment variable {variable}, which is not set.");
        }

        if (!value.StartsWith(FilePrefix, StringComparison.Ordinal))
            throw Wrong($"{setting} is a secret: write ${{NAME}} for the environment variable NAME, or file:/path, so that it stands in no file of settings.");
        string path = value[FilePrefix.Length..];
        if (!File.Exists(path)) throw Wrong($"{setting} is to come from the file {path}, which does not exist.");
        string content = File.ReadAllText(path).Trim();
        return content.Length > 0 ? content : throw Wrong($"{setting} is to come from the file {path}, which is empty.");
    }

    private static bool IsVariable(string value) => value.StartsWith("${", StringComparison.Ordinal) && value.EndsWith('}');

    private static CommandException Wrong(string message) => new(message, ExitCode.Usage);
}

namespace Ecart.App.Serve;

/// <summary>How the service speaks of its work, on standard error.</summary>
internal enum LogForm
{
    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>One JSON object a line, with time, level and message.</summary>
    Json,
}

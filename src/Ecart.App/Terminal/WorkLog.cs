using Microsoft.Extensions.Logging;

namespace Ecart.App.Terminal;

/// <summary>The messages about the work, for machines. They name no person, account or event.</summary>
internal static partial class WorkLog
{
    [LoggerMessage(1, LogLevel.Information, "{Text}")]
    public static partial void Note(ILogger logger, string text);

    [LoggerMessage(2, LogLevel.Warning, "{Text}")]
    public static partial void Warning(ILogger logger, string text);

    [LoggerMessage(3, LogLevel.Error, "{Text}")]
    public static partial void Error(ILogger logger, string text);
}

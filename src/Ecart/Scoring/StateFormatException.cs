using Ecart.Detection.Batch;

namespace Ecart.Scoring;

/// <summary>Stored state cannot be read by this program. The message names the entity and what to do.</summary>
public sealed class StateFormatException(string message) : Exception(message)
{
    /// <summary>The format is none that this program reads; those that it reads are named as <c>format 3</c> or <c>formats 2 to 4</c>.</summary>
    internal static StateFormatException OtherFormat(string entityType, string entityId, int format, string known) => new(
        $"The stored state of {entityType} '{entityId}' has format {format}; this program reads {known}. "
        + "Run 'ecart profiles rebuild' to make the state again from the log, or the program that wrote it.");

    /// <summary>The bytes make no sense.</summary>
    internal static StateFormatException Damaged(string entityType, string entityId, ArgumentOutOfRangeException error, int length) => new(
        $"The stored state of {entityType} '{entityId}' is damaged ({error.ParamName}, {length} bytes). "
        + "Run 'ecart profiles rebuild' to make it again from the log.");

    /// <summary>A detector within the state makes no sense.</summary>
    internal static StateFormatException DamagedDetector(string entityType, string entityId, ArtefactException error) => new(
        $"A streaming detector in the stored state of {entityType} '{entityId}' cannot be read: {error.Message} "
        + "Run 'ecart profiles rebuild' to make it again from the log.");
}

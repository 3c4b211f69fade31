namespace Ecart.Detection.Batch;

/// <summary>A saved detector or model cannot be read: damaged, or made by a newer program. The message says which and what to do.</summary>
public sealed class ArtefactException(string message) : Exception(message)
{
}

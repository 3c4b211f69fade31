namespace Ecart.MariaDb.Models;

/// <summary>A model is not there, is damaged, or cannot be what it was asked to be. The message says which and what to do.</summary>
public sealed class ModelStoreException(string message) : Exception(message);

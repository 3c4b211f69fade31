using Ecart.Vectors;

namespace Ecart.MariaDb.Reading;

/// <summary>Normal events that a model learns from.</summary>
/// <param name="Rows">Their vectors by the domain's layout, in order of event time.</param>
/// <param name="From">Event time of the first; meaningless when there is none.</param>
/// <param name="Until">Event time of the last.</param>
/// <param name="Available">How many there were before they were thinned.</param>
public sealed record NormalEvents(Matrix Rows, DateTime From, DateTime Until, long Available);

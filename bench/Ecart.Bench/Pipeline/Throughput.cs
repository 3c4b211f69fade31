namespace Ecart.Bench.Pipeline;

/// <summary>How fast one run was, and what it cost.</summary>
/// <param name="PerSecond">Events or rows a second.</param>
/// <param name="Processor">Microseconds of processor time for each, of the program and the server together; NaN for a server elsewhere.</param>
internal readonly record struct Throughput(double PerSecond, double Processor);

using System.CommandLine;

namespace Ecart.Bench;

/// <summary>One thing that can be measured: a subcommand. It tells its progress on the error stream and its result on the output, JSON last.</summary>
internal interface IBenchmark
{
    /// <summary>Makes the subcommand with its options.</summary>
    Command MakeCommand();
}

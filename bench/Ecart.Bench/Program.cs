using System.CommandLine;
using Ecart.Bench;

var root = new RootCommand("Measures throughput and latency. Every benchmark ends with one line of JSON.");
foreach (IBenchmark benchmark in Benchmarks.All) root.Add(benchmark.MakeCommand());
return await root.Parse(args).InvokeAsync();
